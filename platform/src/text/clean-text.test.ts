import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['CR LF', 'a\r\nb', 'a\nb'],
    ['CR', 'a\rb', 'a\nb'],
    ['LF CR', 'a\n\rb', 'a\n\nb'],
    ['VT', 'a\u000bb', 'a\nb'],
    ['FF', 'a\u000cb', 'a\nb'],
    ['NEL', 'a\u0085b', 'a\nb'],
    ['LS', 'a\u2028b', 'a\nb'],
    ['PS', 'a\u2029b', 'a\nb'],
  ])('makes one line break of %s, and a space in what is one line', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
    expect(cleanLine(text)).toBe('a b');
  });

  it.each([
    ['white space around it', '\ufeff \n a\tb \u3000', 'a\tb'],
    ['what is spelled otherwise', 'e\u0301', 'é'],
    ['a control of direction between a letter and its mark', 'e\u202e\u0301', 'é'],
  ])('clears away %s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each(['a\u0000', '\u0007a', 'a\u009f', 'a\ud800', '\udc00a', 'a\ufffe', '\u{1ffff}', '\ufdd0'])(
    'is null for %j, which is no text',
    (text) => {
      expect(cleanText(text)).toBeNull();
      expect(cleanLine(text)).toBeNull();
    },
  );
});

const unit = fc.oneof(
  fc.constantFrom('a', ' ', '\t', '\r', '\n', '\u2028', '\u0301', '\u0344', '\u200d', '\ud83d', '\ude00'),
  fc.constantFrom('\u202e', '\u202a', '\u202c', '\u2067', '\u2069', '\ufeff', '가', '\ufb2c', '\u3164'),
  fc.string({ unit: 'binary', maxLength: 1 }),
);

it.each([
  ['a text', cleanText],
  ['a line', cleanLine],
])('%s that is clean stays as it is, and is one that UTF-8 can carry', (_what, clean) => {
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const once = clean(units.join(''));
      if (once === null) return;
      expect(clean(once)).toBe(once);
      expect(once.isWellFormed()).toBe(true);
      expect(/[\r\v\f\p{Zl}\p{Zp}]|[\p{Cc}--[\t\n]]/v.test(once)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
