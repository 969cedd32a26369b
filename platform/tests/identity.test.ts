import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createIdentitySigner,
  createIdentityVerifier,
  deriveIdentityKeys,
  formatIdentityKeys,
  type Identity,
  parseIdentityKeys,
} from '../src/identity.ts';
import { uuidv7 } from '../src/ids.ts';

const master = [{ id: 'k1', secret: 'a'.repeat(32) }];
const keys = deriveIdentityKeys(master, 'post');
const ada: Identity = {
  viewer: { userId: uuidv7(), sessionId: uuidv7(), role: 'MODERATOR', scopes: ['moderate'] },
  client: { ipAddress: '192.0.2.7', userAgent: 'phone' },
};
const nobody: Identity = { viewer: null, client: { ipAddress: null, userAgent: null } };
const unauthenticated = expect.objectContaining({ code: 'UNAUTHENTICATED' });

afterEach(() => vi.useRealTimers());

describe('the identity header', () => {
  it('carries the viewer, or that there is none, to the subgraph it is for', () => {
    const [sign, verify] = [createIdentitySigner(keys, 'post'), createIdentityVerifier(keys, 'post')];
    expect(verify(sign(ada))).toMatchObject(ada);
    expect(verify(sign(nobody))).toMatchObject(nobody);
  });

  it('is worth nothing at another subgraph, even one that shares the key', () => {
    const token = createIdentitySigner(keys, 'post')(ada);
    expect(() => createIdentityVerifier(deriveIdentityKeys(master, 'chat'), 'chat')(token)).toThrow(
      unauthenticated,
    );
    expect(() => createIdentityVerifier(keys, 'chat')(token)).toThrow(unauthenticated);
  });

  it('lapses after a minute', () => {
    vi.useFakeTimers({ now: 1_000_000_000 });
    const token = createIdentitySigner(keys, 'post')(ada);
    const verify = createIdentityVerifier(keys, 'post');
    vi.setSystemTime(1_000_000_000 + 60_000);
    expect(verify(token)).toMatchObject(ada);
    vi.setSystemTime(1_000_000_000 + 61_000);
    expect(() => verify(token)).toThrow(unauthenticated);
  });

  it('survives the change of keys: the first signs, all verify', () => {
    const both = deriveIdentityKeys([{ id: 'k2', secret: 'b'.repeat(32) }, ...master], 'post');
    const verify = createIdentityVerifier(both, 'post');
    expect(verify(createIdentitySigner(keys, 'post')(ada))).toMatchObject(ada);
    expect(verify(createIdentitySigner(both, 'post')(ada))).toMatchObject(ada);
    expect(() => createIdentityVerifier(keys, 'post')(createIdentitySigner(both, 'post')(ada))).toThrow(
      unauthenticated,
    );
  });

  it('can’t be forged, changed or left out', () => {
    const verify = createIdentityVerifier(keys, 'post');
    const token = createIdentitySigner(keys, 'post')(ada);
    const [id, payload = '', signature] = token.split('.');
    const admin = Buffer.from(payload, 'base64url').toString().replace('MODERATOR', 'ADMIN');
    const forgeries = [
      undefined,
      '',
      'nonsense',
      [token, token],
      `${id}.${payload}.`,
      `${id}.${payload}`,
      `${token}.${signature}`,
      `${id}.${Buffer.from(admin).toString('base64url')}.${signature}`,
      `k9.${payload}.${signature}`,
      `__proto__.${payload}.${signature}`,
      createIdentitySigner([{ id: 'k1', secret: 'c'.repeat(32) }], 'post')(ada),
    ];
    for (const forgery of forgeries) expect(() => verify(forgery), String(forgery)).toThrow(unauthenticated);
  });

  it('has keys that are written as they are read', () => {
    expect(parseIdentityKeys(formatIdentityKeys(keys))).toEqual(keys);
    expect(parseIdentityKeys('k1:short')).toBeNull();
  });
});
