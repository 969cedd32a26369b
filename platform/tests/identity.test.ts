import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Identity } from '../src/identity/identity.ts';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  formatIdentityKeys,
  parseIdentityKeys,
} from '../src/identity/identity-signer.ts';
import { createIdentityVerifier } from '../src/identity/identity-verifier.ts';
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

  it('is worth nothing where the clock is two minutes off, in whichever direction', () => {
    vi.useFakeTimers({ now: 1_000_000_000 });
    const token = createIdentitySigner(keys, 'post')(ada);
    const verify = createIdentityVerifier(keys, 'post');
    for (const offMs of [-120_000, -6_000, 120_000]) {
      vi.setSystemTime(1_000_000_000 + offMs);
      expect(() => verify(token)).toThrow(unauthenticated);
    }
    vi.setSystemTime(1_000_000_000 - 5_000);
    expect(verify(token)).toMatchObject(ada);
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

  it('has one spelling', () => {
    const verify = createIdentityVerifier(keys, 'post');
    const token = createIdentitySigner(keys, 'post')(ada);
    const last = token.slice(-1);
    // The last of 43 characters carries four bits of the signature and two that say nothing.
    const sameBits = String.fromCharCode(last.charCodeAt(0) + 1);
    for (const other of [`${token.slice(0, -1)}${sameBits}`, `${token}=`, `${token} `, token.toUpperCase()]) {
      expect(() => verify(other), other).toThrow(unauthenticated);
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  const whole = () => ({
    aud: 'post',
    exp: now() + 60,
    at: Date.now(),
    sub: ada.viewer?.userId,
    sid: 'session',
    role: 'MEMBER',
    scope: [],
  });
  /** Whatever it is given, with our key. */
  const signRaw = (payload: unknown) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const body = `k1.${Buffer.from(text).toString('base64url')}`;
    return `${body}.${createHmac('sha256', keys[0]?.secret ?? '')
      .update(body)
      .digest('base64url')}`;
  };

  it('is read however a gateway of another version writes it', () => {
    const verify = createIdentityVerifier(keys, 'post');
    expect(verify(signRaw({ more: true, ...whole() })).viewer).toMatchObject({ role: 'MEMBER' });
  });

  it.each<[string, unknown]>([
    ['that is to last longer than a minute', { exp: now() + 3600 }],
    ['that never lapses', { exp: undefined }],
    ['that lapses at a text', { exp: String(now() + 60) }],
    ['of no time', { at: undefined }],
    ['for no subgraph', { aud: undefined }],
    ['for several', { aud: ['post', 'chat'] }],
    ['of somebody without a session', { sid: undefined }],
    ['of a session of nobody', { sub: undefined }],
    ['of somebody without a role', { role: undefined }],
    ['of a role that does not exist', { role: 'ROOT' }],
    ['of somebody who is no id', { sub: 'admin' }],
    ['with one text for its scopes', { scope: 'moderate' }],
    ['with scopes that are no texts', { scope: [1] }],
    ['from an address that is no text', { ip: 1 }],
  ])('is refused, though it is signed: %s', (_what, claims) => {
    const verify = createIdentityVerifier(keys, 'post');
    expect(verify(signRaw(whole())).viewer).toMatchObject({ sessionId: 'session' });
    expect(() => verify(signRaw({ ...whole(), ...(claims as object) }))).toThrow(unauthenticated);
  });

  it.each(['', '{', 'null', '[]', '"post"'])('is refused, though it is signed, when it says %s', (text) => {
    expect(() => createIdentityVerifier(keys, 'post')(signRaw(text))).toThrow(unauthenticated);
  });

  it('has keys that are written as they are read', () => {
    expect(parseIdentityKeys(formatIdentityKeys(keys))).toEqual(keys);
    expect(parseIdentityKeys('k1:short')).toBeNull();
  });
});
