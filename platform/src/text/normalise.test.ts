import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nfc, nfkc } from './normalise.ts';

const acute = '\u0301';

describe('nfc', () => {
  it.each([
    ['composes what is the same', 'e\u0301', 'é'],
    ['leaves thirty marks', `x${acute.repeat(30)}`, `x${acute.repeat(30)}`],
    ['leaves out the marks beyond', `x${acute.repeat(31)}y`, `x${acute.repeat(30)}y`],
    [
      'counts on where joiners stand between marks',
      `x${`${acute}\u200d`.repeat(40)}y`,
      `x${`${acute}\u200d`.repeat(30)}${'\u200d'.repeat(10)}y`,
    ],
    ['counts marks that come apart', `q${'\u0344'.repeat(30)}`, `q${'\u0308\u0301'.repeat(15)}`],
    ['leaves an emoji of several people', '👩🏽‍❤️‍💋‍👨🏿', '👩🏽‍❤️‍💋‍👨🏿'],
    ['leaves a flag of a region', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ])('%s', (_what, text, normal) => {
    expect(nfc(text)).toBe(normal);
  });

  it('has an end for hundreds of thousands of marks', () => {
    expect(nfc(`a${'\u0316\u0301'.repeat(250_000)}`).length).toBeLessThanOrEqual(31);
    expect(nfkc(`a${acute.repeat(500_000)}`).length).toBeLessThanOrEqual(31);
  });
});

const marks = fc.array(
  fc.constantFrom('a', acute, '\u0316', '\u0344', '\u0958', '\u200d', '가', '\u1160', '\ufb2c'),
  {
    maxLength: 200,
  },
);

it.each([
  ['nfc', nfc, 'NFC'],
  ['nfkc', nfkc, 'NFKC'],
] as const)('%s is what Unicode calls so, and doing it again changes nothing', (_name, normalised, form) => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    marks.map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      const once = normalised(given);
      expect(once.normalize(form)).toBe(once);
      expect(normalised(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});
