import { generateSync } from 'otplib';
import { expect, it } from 'vitest';
import { describeTotpSecret, findTotpStep, mintTotpSecret, parseTotpCode } from './totp.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = 1_111_111_109;
const step = Math.floor(at / 30);
const codeAt = (epoch: number) => generateSync({ secret, epoch });

it('knows the codes that RFC 6238 has in its appendix B', () => {
  expect(findTotpStep(secret, '081804', at * 1000)).toBe(step);
  expect(findTotpStep(secret, '005924', 1_234_567_890_000)).toBe(41_152_263);
});

it('takes the step before and the one after for clocks that differ, and no other', () => {
  const found = [-2, -1, 0, 1, 2].map((ahead) => findTotpStep(secret, codeAt(at + ahead * 30), at * 1000));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
});

it('knows no code of another secret', () => {
  expect(findTotpStep(mintTotpSecret(), codeAt(at), at * 1000)).toBeNull();
});

it('mints 160 bits, another secret each time', () => {
  const secrets = new Set(Array.from({ length: 50 }, mintTotpSecret));
  expect(secrets.size).toBe(50);
  for (const minted of secrets) expect(minted).toMatch(/^[A-Z2-7]{32}$/);
});

it('says the same in a URI and in a picture', () => {
  const { uri, qrCode } = describeTotpSecret(secret, 'ada');
  const { protocol, host, pathname, searchParams } = new URL(uri);
  expect([protocol, host, decodeURIComponent(pathname)]).toEqual(['otpauth:', 'totp', '/SocialHub:ada']);
  expect(Object.fromEntries(searchParams)).toMatchObject({ secret, issuer: 'SocialHub' });
  const [head, body] = qrCode.split(',');
  expect(head).toBe('data:image/svg+xml;base64');
  expect(Buffer.from(String(body), 'base64').toString()).toMatch(/^<svg [^>]*viewBox/);
});

it.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123-456', '123456'],
  ['12345', null],
  ['1234567', null],
  ['12345a', null],
  ['١٢٣٤٥٦', null],
  [`${' '.repeat(100_000)}123456`, null],
  ['', null],
])('reads %j', (text, code) => {
  expect(parseTotpCode(text)).toBe(code);
});
