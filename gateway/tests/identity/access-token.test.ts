import { createHmac } from 'node:crypto';
import { CodedError } from '@socialhub/platform/errors';
import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAccessTokenVerifier, type VerifyAccessToken } from '../../src/identity/access-token.ts';
import type { KeyTimes } from '../../src/identity/jwks.ts';
import { createRevokedTokens, type RevokedTokens } from '../../src/identity/revoked-tokens.ts';
import { encode, type Issuer, makeKey, signToken, startIssuer } from '../fixture/issuer.ts';

const key = makeKey('key-1');
const strange = makeKey('key-1');
const userId = '01930000-0000-7000-8000-000000000001';
const log = pino({ level: 'silent' });
const stops: (() => void)[] = [];

let issuer: Issuer;
let trap: Issuer;
let clock: number;
let revoked: RevokedTokens;
let verify: VerifyAccessToken;

beforeAll(async () => {
  trap = await startIssuer([strange]);
});
afterAll(() => trap?.stop());

beforeEach(async () => {
  clock = Date.now();
  issuer = await startIssuer([key]);
  ({ verify, revoked } = start());
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await issuer.stop();
});

function start(keyTimes: Partial<KeyTimes> = {}) {
  const revoked = createRevokedTokens();
  const verifier = createAccessTokenVerifier({
    jwksUrl: issuer.url,
    issuer: 'socialhub',
    audience: 'socialhub',
    revoked,
    log,
    now: () => clock,
    keyTimes,
  });
  stops.push(verifier.stop);
  return { verify: verifier.verify, revoked };
}

const seconds = () => Math.floor(clock / 1000);
const goodHeader = { alg: 'EdDSA', typ: 'at+jwt', kid: 'key-1' };
const goodClaims = () => ({
  iss: 'socialhub',
  aud: 'socialhub',
  sub: userId,
  sid: 'session-1',
  role: 'MEMBER',
  scope: '',
  iat: seconds(),
  exp: seconds() + 900,
});
const token = (claims: object = {}, header: object = {}, by = key) =>
  signToken(by, { ...goodHeader, ...header }, { ...goodClaims(), ...claims });

/** The code that a token is refused with, or `good`. */
async function outcome(text: string, by: VerifyAccessToken = verify): Promise<string> {
  try {
    await by(`Bearer ${text}`);
    return 'good';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

/** What nobody but the holder of the key can make is not tried: that a key is known is what makes the rest count. */
const refused = async (text: string) => {
  expect(await outcome(token())).toBe('good');
  expect(await outcome(text)).toBe('UNAUTHENTICATED');
};

describe('a token that is good', () => {
  test('says who asks, with the scopes of the role and its own, each once', async () => {
    const session = await verify(`Bearer ${token({ role: 'MODERATOR', scope: 'moderate audit' })}`);
    expect(session).toEqual({
      viewer: { userId, sessionId: 'session-1', role: 'MODERATOR', scopes: ['moderate', 'audit'] },
      expiresAt: (seconds() + 900) * 1000,
    });
  });

  test('is answered at once when its key is known, seen before or not', async () => {
    const text = token();
    const first = verify(`Bearer ${text}`);
    expect(first).toBeInstanceOf(Promise);
    const session = await first;
    expect(verify(`Bearer ${text}`)).toBe(session);
    expect(verify(`Bearer ${token({ sid: 'session-2' })}`)).toMatchObject({
      viewer: { sessionId: 'session-2' },
    });
  });

  test('may come after any spelling of the scheme, and after no other scheme', async () => {
    const text = token();
    for (const scheme of ['Bearer ', 'bearer ', 'BEARER   ']) {
      expect(await verify(`${scheme}${text}`)).toMatchObject({ viewer: { userId } });
    }
    for (const value of [
      text,
      `Basic ${text}`,
      `Bearer${text}`,
      `Bearer ${text} `,
      `Bearer ${text},${text}`,
      '',
      'Bearer ',
    ]) {
      expect(() => verify(value)).toThrow(CodedError);
    }
  });

  test('may be meant for others too', async () => {
    expect(await outcome(token({ aud: ['elsewhere', 'socialhub'] }))).toBe('good');
  });

  test('is refused from the moment its session has ended, though it was good before', async () => {
    const text = token();
    expect(await outcome(text)).toBe('good');
    revoked.endSession('session-1');
    expect(await outcome(text)).toBe('UNAUTHENTICATED');
    expect(await outcome(token({ jti: 'another of the session' }))).toBe('UNAUTHENTICATED');
  });

  test('is refused when it expires, though it was good before', async () => {
    const text = token();
    expect(await outcome(text)).toBe('good');
    clock += 904_000;
    expect(await outcome(text)).toBe('good');
    clock += 2_000;
    expect(await outcome(text)).toBe('UNAUTHENTICATED');
  });
});

describe('a token is refused', () => {
  const publicBytes = Buffer.from(String(key.publicKey.export({ format: 'jwk' }).x), 'base64url');
  const hmac = (secret: string | Buffer, alg = 'HS256') => {
    const signed = `${encode({ ...goodHeader, alg })}.${encode(goodClaims())}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const unsigned = (alg: unknown, signature: string) =>
    `${encode({ ...goodHeader, alg })}.${encode(goodClaims())}.${signature}`;
  const signatureOf = (text: string) => text.split('.')[2] ?? '';
  const withClaimsOf = (text: string, claims: object) => {
    const [header, , signature] = text.split('.');
    return `${header}.${encode({ ...goodClaims(), ...claims })}.${signature}`;
  };

  test.each<[string, () => string]>([
    ['with alg none and no signature', () => unsigned('none', '')],
    ['with alg none and some signature', () => unsigned('none', signatureOf(token()))],
    ['with alg None, NONE or nOnE', () => unsigned('nOnE', signatureOf(token()))],
    ['that says alg none and is signed all the same', () => token({}, { alg: 'none' })],
    ['without alg', () => token({}, { alg: undefined })],
    ['with a list for alg', () => token({}, { alg: ['EdDSA'] })],
    [
      'with alg none first and EdDSA after it',
      () =>
        `${encode('{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"key-1"}')}.${encode(goodClaims())}.${signatureOf(token())}`,
    ],
    ['signed with HS256 and the public key', () => hmac(publicBytes)],
    [
      'signed with HS256 and the public key as PEM',
      () => hmac(key.publicKey.export({ format: 'pem', type: 'spki' }) as string),
    ],
    [
      'signed with HS256 and the public key as JWK',
      () => hmac(JSON.stringify(key.publicKey.export({ format: 'jwk' }))),
    ],
    ['signed with HS256 that calls itself EdDSA', () => hmac(publicBytes, 'EdDSA')],
    ['signed with RS256, by what it says', () => token({}, { alg: 'RS256' })],
    ['signed by another key of the same name', () => token({}, {}, strange)],
    ['whose claims were changed', () => withClaimsOf(token(), { role: 'ADMIN' })],
    [
      'whose signature is that of another token',
      () => `${token().split('.').slice(0, 2).join('.')}.${signatureOf(token({ sid: 's2' }))}`,
    ],
    ['whose signature is cut', () => token().slice(0, -1)],
    [
      'whose signature is spelt otherwise',
      () => token().replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    ],
    ['whose signature is padded', () => `${token()}==`],
    ['without parts', () => 'a.b.c'],
    ['with five parts', () => `${token()}.x.y`],
    ['written as JSON', () => JSON.stringify({ payload: encode(goodClaims()), signature: 'x' })],
  ])('%s', async (_what, make) => refused(make()));

  test.each<[string, object]>([
    ['that is a refresh token', { typ: 'rt+jwt' }],
    ['of no type', { typ: undefined }],
    ['of type JWT', { typ: 'JWT' }],
    ['of a type in a list', { typ: ['at+jwt'] }],
    ['with an extension that has to be understood', { crit: ['exp'], exp: 1 }],
    ['with an empty list of such extensions', { crit: [] }],
    ['whose payload is not encoded, by what it says', { b64: false, crit: ['b64'] }],
    ['without kid', { kid: undefined }],
    ['with an empty kid', { kid: '' }],
    ['with a number for kid', { kid: 1 }],
    ['with a path for kid', { kid: '../../../../dev/null' }],
    ['with a path and a NUL for kid', { kid: 'key-1\u0000/../../etc/passwd' }],
    ['with an address for kid', { kid: 'http://127.0.0.1:1/key' }],
    ['with SQL for kid', { kid: "x' UNION SELECT 'key-1" }],
    ['with a name that all objects know for kid', { kid: '__proto__' }],
    ['with another such name for kid', { kid: 'constructor' }],
  ])('%s', async (_what, header) => refused(token({}, header)));

  test.each<[string, object]>([
    ['of another issuer', { iss: 'evil' }],
    ['of an issuer in a list', { iss: ['socialhub'] }],
    ['of no issuer', { iss: undefined }],
    ['for another audience', { aud: 'other' }],
    ['for an audience that only contains the name', { aud: 'socialhub-admin' }],
    ['for no audience', { aud: undefined }],
    ['for an empty list of audiences', { aud: [] }],
    ['for nobody', { sub: undefined }],
    ['for somebody who is no id', { sub: 'admin' }],
    ['for an id with more behind it', { sub: `${userId}\n` }],
    ['without a session', { sid: undefined }],
    ['with a number for a session', { sid: 1 }],
    ['without a role', { role: undefined }],
    ['with a role that does not exist', { role: 'ROOT' }],
    ['with a role in small letters', { role: 'admin' }],
    ['with a role that all objects have', { role: 'constructor' }],
    ['with a list for scopes', { scope: ['administer'] }],
    ['that never expires', { exp: undefined }],
    ['that expires at a text', { exp: '9999999999' }],
    ['that expires at null', { exp: null }],
    ['that has a text for nbf', { nbf: '0' }],
    ['that has a text for iat', { iat: '0' }],
  ])('%s', async (_what, claims) => refused(token(claims)));

  test.each<[string, string]>([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('whose claims are %s', async (_what, payload) => refused(signToken(key, goodHeader, payload)));

  test('of 100 kB, signed or not', async () => {
    await refused(token({ padding: 'x'.repeat(100_000) }));
    await refused(`${encode({ ...goodHeader, padding: 'x'.repeat(100_000) })}.x.y`);
    await refused('.'.repeat(100_000));
  });

  test('with any one character changed', async () => {
    const good = token();
    expect(await outcome(good)).toBe('good');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.constantFrom(...'Aa0_-.+/= \u00e9'),
        async (at, character) => {
          fc.pre(good[at] !== character);
          expect(await outcome(good.slice(0, at) + character + good.slice(at + 1))).toBe('UNAUTHENTICATED');
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(['jku', 'x5u', 'jwk', 'x5c'])(
    'that brings its own key (%s), and nobody fetches it',
    async (name) => {
      const jwk = { ...strange.publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'EdDSA' };
      const x5c = [strange.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')];
      const value = { jku: trap.url, x5u: trap.url, jwk, x5c }[name];
      await refused(token({}, { [name]: value }, strange));
      await refused(token({}, { [name]: value, kid: 'own' }, strange));
      expect(trap.requests()).toBe(0);
    },
  );
});

describe('claims that come twice', () => {
  const twice = (claim: string, values: [unknown, unknown]) => {
    const { [claim as 'role']: _one, ...others } = goodClaims();
    const pairs = values.map((value) => `"${claim}":${JSON.stringify(value)}`).join(',');
    return signToken(key, goodHeader, `{${pairs},${JSON.stringify(others).slice(1)}`);
  };

  test('count as the last of them says, in every check', async () => {
    expect(await verify(`Bearer ${twice('role', ['ADMIN', 'MEMBER'])}`)).toMatchObject({
      viewer: { role: 'MEMBER', scopes: [] },
    });
    expect(await outcome(twice('aud', ['socialhub', 'other']))).toBe('UNAUTHENTICATED');
    expect(await outcome(twice('exp', [seconds() + 900, seconds() - 900]))).toBe('UNAUTHENTICATED');
  });
});

describe('clocks that differ', () => {
  test('by a minute cost nothing when ours is behind, and more than a minute does', async () => {
    expect(await outcome(token({ iat: seconds() + 59, nbf: seconds() + 59 }))).toBe('good');
    expect(await outcome(token({ iat: seconds() + 62 }))).toBe('UNAUTHENTICATED');
    expect(await outcome(token({ nbf: seconds() + 62 }))).toBe('UNAUTHENTICATED');
    expect(await outcome(token({ nbf: seconds() + 600 }))).toBe('UNAUTHENTICATED');
  });

  test('by a minute make a token end a minute sooner when ours is ahead, and five seconds are forgiven', async () => {
    expect(await outcome(token({ iat: seconds() - 60, exp: seconds() + 840 }))).toBe('good');
    expect(await outcome(token({ exp: seconds() - 4 }))).toBe('good');
    expect(await outcome(token({ exp: seconds() - 6 }))).toBe('UNAUTHENTICATED');
    expect(await outcome(token({ exp: seconds() - 60 }))).toBe('UNAUTHENTICATED');
  });
});

describe('keys', () => {
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => token({}, { kid: `unknown-${at + from}` }, strange));

  test('that nobody has published make the issuer be asked once in a cool-down, however many tokens name them', async () => {
    const outcomes = await Promise.all(many(500).map((text) => outcome(text)));
    expect(new Set(outcomes)).toEqual(new Set(['UNAUTHENTICATED']));
    for (const text of many(500, 500)) expect(await outcome(text)).toBe('UNAUTHENTICATED');
    expect(issuer.requests()).toBe(1);
    expect(await outcome(token())).toBe('good');
    expect(issuer.requests()).toBe(1);
  });

  test('that nobody has published make an issuer that fails be asked once in a pause', async () => {
    issuer.answerWith(500);
    for (const text of many(200)) expect(await outcome(text)).toBe('UNAVAILABLE');
    expect(issuer.requests()).toBe(1);
  });

  test('that are new are found as soon as the issuer may be asked again, also by a token that was refused', async () => {
    const { verify: eager } = start({ cooldown: 0 });
    const next = makeKey('key-2');
    const text = token({}, { kid: 'key-2' }, next);
    expect(await outcome(text, eager)).toBe('UNAUTHENTICATED');
    issuer.publish([next, key]);
    expect(await outcome(text, eager)).toBe('good');
    expect(await outcome(token(), eager)).toBe('good');
  });

  test('that are revoked take with them what they have signed, seen before or not', async () => {
    const { verify: eager } = start({ cooldown: 0 });
    const text = token();
    expect(await outcome(text, eager)).toBe('good');
    const next = makeKey('key-2');
    issuer.publish([next]);
    // The new one's first token makes the keys be read.
    expect(await outcome(token({}, { kid: 'key-2' }, next), eager)).toBe('good');
    expect(await outcome(text, eager)).toBe('UNAUTHENTICATED');
    expect(await outcome(token({ sid: 's2' }), eager)).toBe('UNAUTHENTICATED');
  });

  test('of the same name and another content take with them what the former has signed', async () => {
    const { verify: eager } = start({ cooldown: 0 });
    const text = token();
    expect(await outcome(text, eager)).toBe('good');
    issuer.publish([strange]);
    await outcome(many(1)[0] ?? '', eager);
    expect(await outcome(text, eager)).toBe('UNAUTHENTICATED');
    expect(await outcome(token({}, {}, strange), eager)).toBe('good');
  });

  test('are kept while the issuer is away; of others nobody can tell', async () => {
    const { verify: eager } = start({ cooldown: 0, retry: 0 });
    expect(await outcome(token(), eager)).toBe('good');
    issuer.answerWith(503);
    const unknown = token({}, { kid: 'key-2' }, strange);
    expect(await outcome(unknown, eager)).toBe('UNAVAILABLE');
    expect(await outcome(token({ sid: 's2' }), eager)).toBe('good');
    issuer.answerWith(200);
    expect(await outcome(unknown, eager)).toBe('UNAUTHENTICATED');
  });

  test('of another kind are passed over', async () => {
    const { publicKey, privateKey } = makeKey('odd');
    issuer.publish([{ kid: '', publicKey, privateKey }, key]);
    expect(await outcome(token())).toBe('good');
  });
});
