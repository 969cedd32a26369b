import { createHmac, type KeyObject } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, makeKey, signToken } from '../../tests/fixture/issuer.ts';
import { readSigned } from './token-signature.ts';

const key = makeKey('k');
const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'k' };
const claims = { sub: 'someone', exp: 9_999_999_999, nbf: 9_999_999_999, deep: { list: [1, null, 'é'] } };
const good = signToken(key, header, claims);
const pemOf = (publicKey: KeyObject) => publicKey.export({ format: 'pem', type: 'spki' }) as string;
const pem = pemOf(key.publicKey);

/** The order of the group that signatures are made in (RFC 8032, 5.1). */
const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The same signature, its second half greater by the group's order: equal to who does not look (RFC 8032, 5.1.7). */
function malleated(token: string): string {
  const end = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(end + 1), 'base64url');
  const half = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + groupOrder;
  Buffer.from(half.toString(16).padStart(64, '0'), 'hex').reverse().copy(signature, 32);
  return `${token.slice(0, end + 1)}${signature.toString('base64url')}`;
}

const hmac = () => {
  const signed = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
};

describe('a signed token', () => {
  test('the claims of a token are read, whatever they say', () => {
    expect(readSigned(good, pem)).toEqual(claims);
  });

  test('the last of claims that come twice counts', () => {
    expect(readSigned(signToken(key, header, '{"role":"ADMIN","role":"MEMBER"}'), pem)).toEqual({
      role: 'MEMBER',
    });
  });

  test.each<[string, () => string]>([
    ['signed by another key', () => signToken(makeKey('k'), header, claims)],
    ['with other claims', () => good.replace(encode(claims), encode({ ...claims, sub: 'another' }))],
    ['with another header', () => good.replace(encode(header), encode({ ...header, kid: 'other' }))],
    ['with a signature that somebody else made of it', () => malleated(good)],
    ['signed with HS256 and the public key', hmac],
    ['without a signature', () => good.slice(0, good.lastIndexOf('.') + 1)],
    ['with half a signature', () => good.slice(0, -43)],
    ['whose claims are a list', () => signToken(key, header, '[]')],
    ['whose claims are null', () => signToken(key, header, 'null')],
    ['whose claims are a text', () => signToken(key, header, '"x"')],
    ['whose claims are no JSON', () => signToken(key, header, '{')],
    ['whose claims are nothing', () => signToken(key, header, '')],
    ['of one part', () => 'x'],
    ['that is empty', () => ''],
  ])('nothing is read from a token %s', (_what, make) => {
    expect(readSigned(make(), pem)).toBeNull();
  });

  test('nothing is read once any bit of what was signed, or of the signature, is another', () => {
    const bytes = Buffer.from(good);
    fc.assert(
      fc.property(fc.nat(bytes.length - 2), fc.nat(6), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(readSigned(changed.toString('latin1'), pem)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
