import { expect, test } from 'vitest';
import { wordsOf } from './words.ts';

test.each([
  ['Hello, World!', ['hello', 'world']],
  ['ＦＵＬＬ ｗｉｄｔｈ', ['full', 'width']],
  ['Straße STRASSE', ['strasse', 'strasse']],
  ["Don’t don't", ["don't", "don't"]],
  ['機械学習が好き', ['機械', '学習', 'が', '好き']],
  ['東京に行きます', ['東京', 'に', '行き', 'ます']],
  ['foo-bar_baz 3.14', ['foo', 'bar_baz', '3.14']],
  ['🎉 — %_\\ ""', []],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('a word without an end is cut, and what is of many words takes time in proportion to them', () => {
  expect(wordsOf('x'.repeat(8_000))).toEqual(['x'.repeat(64)]);
  const rocket = '𝔵'.repeat(200);
  expect(wordsOf(rocket)[0]?.isWellFormed()).toBe(true);
  expect(wordsOf('\ufdfa'.repeat(500)).length).toBeGreaterThan(500);
});
