import { expect, test } from 'vitest';
import { searchKey } from './search-key.ts';

test.each([
  ['Ada  Lovelace', 'ada lovelace'],
  ['José Ñuñez', 'jose nunez'],
  ['JOSE\u0301', 'jose'],
  ['Straße', 'strasse'],
  ['Łódź, Søren, Æsop', 'lodz, soren, aesop'],
  ['Άλφα Ωμέγας', 'αλφα ωμεγασ'],
  ['Йосиф', 'иосиф'],
  ['ＡＤＡ　ﾊﾅｺ', 'ada ハナコ'],
  ['山田 花子', '山田 花子'],
  ['がぎ', 'がぎ'],
  ['हिन्दी', 'हिन्दी'],
  ['a\u200db\ufe0f', 'ab'],
  ['  ', ''],
])('%s is searched as %s, and that as itself', (text, key) => {
  expect(searchKey(text)).toBe(key);
  expect(searchKey(key)).toBe(key);
});

test('no more than 100 characters are kept, whole ones, whatever a character becomes', () => {
  for (const one of ['a', 'ﷺ', '𠮷', 'é', '각']) {
    const key = searchKey(one.repeat(300));
    expect(Array.from(key).length).toBeLessThanOrEqual(100);
    expect(key.isWellFormed()).toBe(true);
    expect(searchKey(key)).toBe(key);
  }
});
