import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { mintRefreshToken, openSuccessor, parseRefreshToken, sealSuccessor } from './refresh-token-format.ts';

it('has 256 bits and is known by its SHA-256', () => {
  const token = mintRefreshToken();
  expect(token.bytes).toHaveLength(32);
  expect(Buffer.from(token.hash)).toEqual(createHash('sha256').update(token.bytes).digest());
  expect(parseRefreshToken(token.text)).toEqual(token);
  expect(mintRefreshToken().text).not.toBe(token.text);
});

it.each([[''], ['x'], ['a'.repeat(44)], ['../../../etc/passwd'], ['a'.repeat(42).concat('=')]])(
  'refuses %j',
  (text) => {
    expect(parseRefreshToken(text)).toBeNull();
  },
);

it('opens a successor with the token that it follows alone', () => {
  const token = mintRefreshToken();
  const successor = mintRefreshToken();
  const sealed = sealSuccessor(token, successor);
  expect(openSuccessor(token, sealed).text).toBe(successor.text);
  expect(openSuccessor(mintRefreshToken(), sealed).text).not.toBe(successor.text);
  expect(Buffer.from(sealed)).not.toEqual(Buffer.from(successor.bytes));
});
