import { expect, it } from 'vitest';
import { createPasswordHasher } from '../passwords/password-hasher.ts';
import { newRecoveryCodes, parseRecoveryCode } from './recovery-codes.ts';

const passwords = createPasswordHasher(2);

it('gives ten, all different, that a person can copy', async () => {
  const { texts, hashes } = await newRecoveryCodes(passwords, null);
  expect(new Set(texts).size).toBe(10);
  for (const text of texts) expect(text).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
  expect(new Set(hashes.map((hash) => Buffer.from(hash).toString('hex'))).size).toBe(10);
});

it('hashes them slowly, with a salt of their own', async () => {
  const { texts, salt, hashes } = await newRecoveryCodes(passwords, null);
  const code = parseRecoveryCode(String(texts[0])) ?? '';
  expect(salt).toHaveLength(16);
  expect(await passwords.derive(code, salt, null)).toEqual(hashes[0]);
  expect(await passwords.derive(code, salt.map((byte) => byte ^ 1) as typeof salt, null)).not.toEqual(
    hashes[0],
  );
});

it.each([
  ['7xk2m-9fp4q', '7xk2m9fp4q'],
  [' 7XK2M 9FP4Q ', '7xk2m9fp4q'],
  ['7xk2m9fp4q', '7xk2m9fp4q'],
  ['OIL00-00000', '0110000000'],
  ['7xk2m-9fp4', null],
  ['7xk2m-9fp4u', null],
  ['7xk2m-9fp4qq', null],
  ['x'.repeat(100_000), null],
  ['', null],
])('reads %j', (text, code) => {
  expect(parseRecoveryCode(text)).toBe(code);
});
