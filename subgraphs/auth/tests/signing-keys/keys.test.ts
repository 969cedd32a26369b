import { ConfigError } from '@socialhub/platform/config';
import { dataOf } from '@socialhub/platform/testing/until';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAuthService } from '../../src/service.ts';
import { sessionsOf, startAuth } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const keysOf = async (url: string) => {
  const response = await fetch(`${url}/.well-known/jwks.json`);
  return { response, keys: ((await response.json()) as { keys: Record<string, string>[] }).keys };
};

/** Another instance of the service on the same database. */
const another = (secret = auth.config.SIGNING_KEY_SECRET) =>
  createAuthService({ ...auth.config, SIGNING_KEY_SECRET: secret }, { broker: auth.brokerBeside });

it('publishes its public keys, and nothing private, to whoever asks', async () => {
  const { response, keys } = await keysOf(auth.url);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  expect(keys).toEqual([
    {
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.any(String),
      kid: expect.stringMatching(/^[\w-]{43}$/),
      use: 'sig',
      alg: 'EdDSA',
    },
  ]);
});

it('signs access tokens that these keys verify', async () => {
  const { tokens, account } = await auth.register();
  expect(decodeProtectedHeader(tokens.accessToken)).toMatchObject({ alg: 'EdDSA', typ: 'at+jwt' });
  const keys = createRemoteJWKSet(new URL(`${auth.url}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(tokens.accessToken, keys, {
    algorithms: ['EdDSA'],
    issuer: 'socialhub',
    audience: 'socialhub',
    typ: 'at+jwt',
  });
  expect(payload).toMatchObject({
    sub: account.id,
    sid: sessionsOf(account)[0]?.id,
    role: 'MEMBER',
    scope: '',
  });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(900);
  expect(new Date(Number(payload.exp) * 1000).toISOString()).toBe(tokens.accessTokenExpiresAt);
});

it.each([
  ['MEMBER', ''],
  ['MODERATOR', 'moderate'],
  ['ADMIN', 'moderate administer'],
])('says in the token what a %s may do', async (role, scope) => {
  const { input, account } = await auth.register();
  await auth.db.query('UPDATE account SET role = $2::role WHERE id = $1', [account.id, role]);
  const signedIn = dataOf(await auth.logIn(input.email)).logIn.tokens;
  const refreshed = dataOf(await auth.refresh(signedIn.refreshToken)).refreshTokens.tokens;
  for (const { accessToken } of [signedIn, refreshed])
    expect(decodeJwt(accessToken)).toMatchObject({ role, scope });
});

it('keeps the private half encrypted', async () => {
  const { rows } = await auth.db.query('SELECT sealed_jwk, public_jwk::text FROM signing_key');
  expect(rows).toHaveLength(1);
  expect(rows[0].sealed_jwk.includes('"d"')).toBe(false);
  expect(rows[0].public_jwk).not.toContain('"d"');
});

it('shares its keys between instances that start at once on an empty database', async () => {
  await auth.db.query('DELETE FROM signing_key');
  const instances = [another(), another(), another()];
  try {
    const started = await Promise.all(instances.map((instance) => instance.start()));
    const published = await Promise.all(started.map(async ({ url }) => (await keysOf(url)).keys));
    expect(published[0]).toHaveLength(1);
    expect(published[1]).toEqual(published[0]);
    expect(published[2]).toEqual(published[0]);
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
  }
});

it('does not start with a secret that opens none of them', async () => {
  await expect(another('some other secret of thirty-two characters').start()).rejects.toThrow(ConfigError);
});
