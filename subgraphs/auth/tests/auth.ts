import type { Broker } from '@socialhub/platform/events/broker';
import type { Viewer } from '@socialhub/platform/identity';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';
import { decodeJwt } from 'jose';
import type { AuthConfig } from '../src/config.ts';
import { createAuthService, readConfig } from '../src/service.ts';

export const tokens = 'tokens { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }';
export const account = `account { id email emailVerified role twoFactorEnabled createdAt
  sessions { id createdAt lastUsedAt expiresAt userAgent ipAddress current } }`;
export const registerMutation = `mutation ($input: RegisterInput!) {
  register(input: $input) { ${tokens} ${account} user { id } } }`;
export const logInMutation = `mutation ($input: LogInInput!) {
  logIn(input: $input) { ${tokens} ${account} user { id } } }`;
export const refreshMutation = `mutation ($token: String!) { refreshTokens(refreshToken: $token) { ${tokens} } }`;

export const password = 'correct horse battery';

let count = 0;

/** Somebody who can register. */
export function newcomer() {
  count += 1;
  return { email: `person${count}@example.com`, username: `person_${count}`, password };
}

/** The auth service, with what its tests have in common. */
export async function startAuth() {
  let broker: Broker | undefined;
  let config: AuthConfig | undefined;
  const service: TestService = await testService({
    name: 'auth',
    readConfig,
    create: (given: AuthConfig, overrides) => {
      broker = overrides.broker;
      config = given;
      return createAuthService(given, overrides);
    },
    env: { SIGNING_KEY_SECRET: 'a signing key secret for tests, long enough' },
  });
  if (!broker || !config) throw new Error('the service was not created');
  const revoked: unknown[] = [];
  await broker.listen('session_revoked', (payload) => revoked.push(payload));

  return {
    ...service,
    broker,
    config,
    /** What gateways have heard on session_revoked. */
    revoked,
    async register(input = newcomer()) {
      const { register } = dataOf(await service.as(null).execute(registerMutation, { input }));
      return { ...register, input, viewer: viewerOf(register.tokens.accessToken) };
    },
    logIn: (identifier: string, secret = password) =>
      service.as(null).execute(logInMutation, { input: { identifier, password: secret } }),
    refresh: (token: string) => service.as(null).execute(refreshMutation, { token }),
  };
}

/** Whom the gateway would take the bearer of this access token for. */
export function viewerOf(accessToken: string): Viewer {
  const claims = decodeJwt(accessToken);
  return {
    userId: String(claims.sub),
    sessionId: String(claims.sid),
    role: claims.role as Viewer['role'],
    scopes: [],
  };
}
