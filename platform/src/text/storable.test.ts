import { expect, it } from 'vitest';
import { isStorable } from './storable.ts';

it.each(['', 'a', '😀', '\ufffd', '\u0001'])('%j comes back from the database as it is', (text) => {
  expect(isStorable(text)).toBe(true);
});

it.each(['\u0000', 'a\u0000', '\ud800', '\ud801', '\udc00\ud800', 'a\ud83d'])('%j does not', (text) => {
  expect(isStorable(text)).toBe(false);
});
