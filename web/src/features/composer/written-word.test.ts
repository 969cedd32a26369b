import { expect, test } from 'vitest';
import { writtenWordAt } from './written-word.ts';

const at = (text: string) => writtenWordAt(text.replace('|', ''), text.indexOf('|'));

test.each([
  ['@ad|', { kind: 'mention', word: 'ad', start: 0 }],
  ['hello @ad| there', { kind: 'mention', word: 'ad', start: 6 }],
  ['(＠ad|', { kind: 'mention', word: 'ad', start: 1 }],
  ['#日本|', { kind: 'hashtag', word: '日本', start: 0 }],
  ['two\n#x|', { kind: 'hashtag', word: 'x', start: 4 }],
  ['@|', null],
  ['ada@ex|', null],
  ['https://example.org/@ad|', null],
  ['@ad |', null],
  ['|@ad', null],
  ['', null],
])('in %j that can be completed is %j', (text, found) => {
  expect(at(text)).toEqual(found);
});

test('a text without an end is not read from its beginning', () => {
  const text = '@'.repeat(100_000) + 'a'.repeat(100_000);
  const began = performance.now();
  for (let turn = 0; turn < 100; turn += 1) writtenWordAt(text, text.length);
  expect(performance.now() - began).toBeLessThan(100);
});
