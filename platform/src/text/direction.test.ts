import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleDirection } from './direction.ts';

const [lre, rle, pdf, lro, rlo] = [...'\u202a\u202b\u202c\u202d\u202e'];
const [lri, rli, fsi, pdi] = [...'\u2066\u2067\u2068\u2069'];

describe('settleDirection', () => {
  it.each([
    ['no controls', 'שלום ada', 'שלום ada'],
    ['an isolate that is closed', `a${fsi}b${pdi}c`, `a${fsi}b${pdi}c`],
    ['an embedding that is closed', `a${rle}b${pdf}c`, `a${rle}b${pdf}c`],
    ['isolates within each other', `${lri}${rli}a${pdi}${pdi}`, `${lri}${rli}a${pdi}${pdi}`],
    ['an override, though it is closed', `a${rlo}gpj.exe${pdf}c${lro}d${pdf}`, 'agpj.execd'],
    ['an override that is not closed', `a${rlo}b`, 'ab'],
    ['an isolate that is not closed', `a${rli}b`, 'ab'],
    ['an end without a beginning', `a${pdi}b${pdf}c`, 'abc'],
    ['one that ends in the next line', `a${rli}b\nc${pdi}d`, 'ab\ncd'],
    ['an embedding that its isolate ends', `${lri}a${lre}b${pdi}c`, `${lri}ab${pdi}c`],
    ['an end that is out of turn', `${lre}a${lri}b${pdf}c${pdi}`, `a${lri}bc${pdi}`],
  ])('%s', (_what, text, settled) => {
    expect(settleDirection(text)).toBe(settled);
  });

  it('settles whatever there is at once', () => {
    const text = fc.array(fc.constantFrom('a', '\n', lre, rle, pdf, lro, rlo, lri, rli, fsi, pdi));
    fc.assert(
      fc.property(text, (parts) => {
        const once = settleDirection(parts.join(''));
        expect(settleDirection(once)).toBe(once);
        expect(once.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')).toBe(
          parts.join('').replace(/[\u202a-\u202e\u2066-\u2069]/g, ''),
        );
      }),
    );
  });
});
