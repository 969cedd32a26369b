import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxOperationParts, readJson } from './operation-json.ts';

const list = (count: number, item: string) => `[${Array(count).fill(item).join(',')}]`;
const padding = `"${'x'.repeat(maxOperationParts)}"`;

test.each([
  ['texts full of commas and brackets', JSON.stringify({ query: '[,{'.repeat(100_000) })],
  ['texts with escaped quotes', JSON.stringify([padding, '",[{'.repeat(20_000)])],
  ['texts that end with backslashes', JSON.stringify([padding, '\\', '[,'.repeat(20_000), '\\\\'])],
  ['as many values as are allowed', list(maxOperationParts, '1')],
])('%s are read', (_what, text) => expect(readJson(text)).toEqual(JSON.parse(text)));

test.each([
  ['objects', list(maxOperationParts, '{}')],
  ['numbers', list(maxOperationParts + 1, '1')],
  ['lists in lists', '['.repeat(maxOperationParts + 1) + ']'.repeat(maxOperationParts + 1)],
  ['fields', `{${Array.from({ length: maxOperationParts + 1 }, (_, at) => `"f${at}":1`).join(',')}}`],
  ['values behind a text', `["\\\\",${list(maxOperationParts, '1')}]`],
])('too many %s are refused before they are parsed', (_what, text) => {
  expect(() => readJson(text)).toThrow('too many values');
});

test.each(['{', '"', `["${'\\'.repeat(20_001)}`, '"'.repeat(20_001), padding.slice(1)])(
  'what is no JSON is told as such (%#)',
  (text) => expect(() => readJson(text)).toThrow(SyntaxError),
);

test('any JSON with few values is read as the engine reads it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const long = `[${padding},${text}]`;
      expect(readJson(long)).toEqual(JSON.parse(long));
    }),
  );
});
