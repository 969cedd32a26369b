import { expect, it } from 'vitest';
import { openJwk, sealJwk } from './sealed-jwk.ts';

const secret = 'a secret of more than thirty-two characters';
const jwk = { kty: 'OKP', crv: 'Ed25519', d: 'private' };

it('opens what it sealed', () => {
  const sealed = sealJwk(secret, 'kid', jwk);
  expect(Buffer.from(sealed).includes('private')).toBe(false);
  expect(openJwk(secret, 'kid', sealed)).toEqual(jwk);
});

it('refuses another secret, another kid and changed bytes', () => {
  const sealed = sealJwk(secret, 'kid', jwk);
  expect(() => openJwk(`${secret}!`, 'kid', sealed)).toThrow();
  expect(() => openJwk(secret, 'other', sealed)).toThrow();
  for (let at = 0; at < sealed.length; at += 7) {
    const changed = sealed.with(at, (sealed[at] ?? 0) ^ 1);
    expect(() => openJwk(secret, 'kid', changed)).toThrow();
  }
});
