import { unauthenticated, unavailable } from '@socialhub/platform/errors';
import { type Role, roles, type Viewer } from '@socialhub/platform/identity';
import type { Logger } from '@socialhub/platform/log';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import type { RevokedSessions } from './revoked-sessions.ts';

/** Who a token says its bearer is, and until when. */
export interface Session {
  viewer: Viewer;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Takes an Authorization value (`Bearer ...`). Throws UNAUTHENTICATED for any but a good one, UNAVAILABLE when no key can be had. */
export type VerifyAccessToken = (authorization: string) => Promise<Session>;

const claims = z.object({
  sub: z.uuid(),
  sid: z.string().min(1),
  role: z.enum(roles),
  exp: z.number(),
  scope: z.string().optional(),
});

/** What a role may do beyond being signed in, as `@requiresScopes` in the schema names it. */
const roleScopes: Record<Role, readonly string[]> = {
  MEMBER: [],
  MODERATOR: ['moderate'],
  ADMIN: ['moderate', 'administer'],
};

/** Clocks of two machines differ: a token from ahead of us is good this early. */
const aheadSeconds = 60;
/** And a token that has just expired is good this late. */
const lateSeconds = 5;
const maxTokenLength = 4096;
const maxRemembered = 5000;
const keyCooldownMs = 5000;
const keyRefreshMs = 300_000;

/**
 * Verifies the auth service's access tokens: EdDSA alone, `typ: at+jwt`, issuer, audience, expiry, and the claims
 * that make a viewer. Keys come from `jwksUrl` and nowhere that a token names (`jku`, `jwk` and `x5u` are not
 * looked at); they are kept while the auth service is away. `stop` ends the refreshing of keys.
 */
export function createAccessTokenVerifier(options: {
  jwksUrl: string;
  issuer: string;
  audience: string;
  revoked: RevokedSessions;
  log: Logger;
}): { verify: VerifyAccessToken; stop(): void } {
  const { issuer, audience, revoked, log } = options;
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: 3000,
    cooldownDuration: keyCooldownMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: fetchKeys,
  });
  const remembered = new Map<string, Session>();
  const refresh = setInterval(() => {
    if (!keys.jwks()) return;
    keys
      .reload()
      .catch((error: unknown) => log.warn({ err: error }, 'the signing keys could not be read again'));
  }, keyRefreshMs).unref();

  async function verifyToken(token: string): Promise<Session> {
    let payload: unknown;
    try {
      if (!decodeProtectedHeader(token).kid) throw unauthenticated('The access token is not valid');
      const verified = await jwtVerify(token, keys, {
        algorithms: ['EdDSA', 'Ed25519'],
        typ: 'at+jwt',
        issuer,
        audience,
        clockTolerance: aheadSeconds,
        requiredClaims: ['exp', 'sub', 'sid', 'role'],
      });
      payload = verified.payload;
    } catch (error) {
      throw tokenFault(error, log);
    }
    const read = claims.safeParse(payload);
    if (!read.success) throw unauthenticated('The access token is not valid');
    const { sub, sid, role, exp, scope } = read.data;
    const scopes = [...roleScopes[role], ...(scope?.split(' ').filter((name) => name !== '') ?? [])];
    return { viewer: { userId: sub, sessionId: sid, role, scopes }, expiresAt: exp * 1000 };
  }

  return {
    async verify(authorization) {
      const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
      if (!token || token.length > maxTokenLength) throw unauthenticated('The access token is not valid');
      let session = remembered.get(token);
      if (!session) {
        session = await verifyToken(token);
        if (remembered.size >= maxRemembered) forgetOldest(remembered);
        remembered.set(token, session);
      }
      if (session.expiresAt + lateSeconds * 1000 <= Date.now()) {
        remembered.delete(token);
        throw unauthenticated('The access token has expired');
      }
      if (revoked.has(session.viewer.sessionId)) throw unauthenticated('The session has ended');
      return session;
    },
    stop: () => clearInterval(refresh),
  };
}

function forgetOldest(remembered: Map<string, Session>): void {
  const [oldest] = remembered.keys();
  if (oldest !== undefined) remembered.delete(oldest);
}

/** The issuer does not answer, or not with keys. */
class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

async function fetchKeys(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw new KeysUnavailable('the issuer cannot be reached', { cause: error });
  });
  if (response.status !== 200)
    throw new KeysUnavailable(`the issuer answered with status ${response.status}`);
  return response;
}

/** Keys that can't be read are our fault; whatever else stands in the way is the token's. */
function tokenFault(error: unknown, log: Logger): Error {
  const isOurs =
    error instanceof KeysUnavailable ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid;
  if (isOurs) {
    log.warn({ err: error }, 'the signing keys could not be read');
    return unavailable();
  }
  log.debug({ err: error }, 'an access token is refused');
  return unauthenticated(
    error instanceof errors.JWTExpired ? 'The access token has expired' : 'The access token is not valid',
  );
}
