import { expect, it } from 'vitest';
import { usernameKey } from './username.ts';

it.each([
  ['Ada_1', 'ada_1'],
  [' ADA ', 'ada'],
  ['a'.repeat(30), 'a'.repeat(30)],
])('%j is looked up as %j', (text, key) => {
  expect(usernameKey(text)).toBe(key);
});

it.each(['', 'a'.repeat(31), 'ad a', 'adä', '\u212aarl', '\u017fam', 'ada\u200b', 'ada\u0000'])(
  '%j can be none',
  (text) => {
    expect(usernameKey(text)).toBeNull();
  },
);
