import { type CodedError, unauthenticated, unavailable } from '@socialhub/platform/errors';
import { type Role, roles, type Viewer } from '@socialhub/platform/identity/identity';
import { isUuid } from '@socialhub/platform/ids';
import type { Logger } from '@socialhub/platform/log';

import { LRUCache } from 'lru-cache';

import { createJwks, type KeyTimes } from './jwks.ts';
import type { Revocation, RevokedTokens } from './revoked-tokens.ts';

import { readSigned } from './token-signature.ts';
import { headerPart, readKid } from './token-text.ts';

/** Who a token says its bearer is, and until when. */
export interface VerifiedToken {
  viewer: Viewer;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/**
 * Takes an Authorization value (`Bearer ...`); answers at once unless a key has to be fetched. Throws or rejects with
 * UNAUTHENTICATED for any but a good one, UNAVAILABLE when no key can be had.
 */
export type VerifyAccessToken = (authorization: string) => VerifiedToken | Promise<VerifiedToken>;

/** What a role may do beyond being signed in, as `@requiresScopes` in the schema names it. */
const roleScopes: Record<Role, readonly string[]> = {
  MEMBER: [],
  MODERATOR: ['moderate'],
  ADMIN: ['moderate', 'administer'],
};

/** What clients are told, over whatever transport. */
export const revocationTexts: Readonly<Record<Revocation, string>> = {
  'session ended': 'The session has ended',
  'role changed': 'The role has changed: a fresh access token is needed',
};

/** Clocks of two machines differ: a token from ahead of us is good this early. */
const aheadSeconds = 60;
/** And a token that has just expired is good this late. */
const lateSeconds = 5;
const maxLength = 4096;
const maxRemembered = 20_000;
const maxHeaders = 16;

/**
 * Verifies the auth service's access tokens: EdDSA alone, `typ: at+jwt`, issuer, audience, expiry, and the claims
 * that make a viewer. Keys come from `jwksUrl` and nowhere that a token names. Tokens that were good are known again by
 * their text, as long as the issuer's keys stay the same; others leave nothing behind. `stop` ends the refreshing of keys.
 */
export function createAccessTokenVerifier(options: {
  jwksUrl: string;
  issuer: string;
  audience: string;
  revoked: RevokedTokens;
  log: Logger;
  now?: () => number;
  keyTimes?: Partial<KeyTimes>;
}): { verify: VerifyAccessToken; stop(): void } {
  const { issuer, audience, revoked, log, now = Date.now } = options;
  const remembered = new LRUCache<string, VerifiedToken>({ max: maxRemembered });
  /** The issuer writes the same header for all tokens of a key. */
  const headers = new LRUCache<string, string>({ max: maxHeaders });
  const keys = createJwks({
    url: options.jwksUrl,
    log,
    changed() {
      remembered.clear();
      headers.clear();
    },
    ...(options.keyTimes && { times: options.keyTimes }),
  });

  const refuse = (why: string, message = 'The access token is not valid'): CodedError => {
    log.debug({ why }, 'an access token is refused');
    return unauthenticated(message);
  };

  const current = (token: string, verified: VerifiedToken): VerifiedToken => {
    if (verified.expiresAt + lateSeconds * 1000 <= now()) {
      remembered.delete(token);
      throw refuse('expired', 'The access token has expired');
    }
    if (revoked.isBlind()) throw unavailable();
    const why = revoked.why(verified.viewer);
    if (why) throw refuse(why, revocationTexts[why]);
    return verified;
  };

  const check = (token: string, header: string, key: string | null): VerifiedToken => {
    if (key === null) throw refuse('unknown key');
    const claims = readSigned(token, key);
    if (!claims) throw refuse('signature');
    const verified = verifiedTokenOf(claims, { issuer, audience, now: now() / 1000 });
    if (typeof verified === 'string') throw refuse(verified);
    const good = current(token, verified);
    headers.set(header, key);
    remembered.set(token, verified);
    return good;
  };

  const checkNew = (token: string): VerifiedToken | Promise<VerifiedToken> => {
    const header = headerPart(token);
    if (header === null) throw refuse('form');
    const known = headers.get(header);
    if (known) return check(token, header, known);
    const kid = readKid(header);
    if (kid === null) throw refuse('header');
    const key = keys.find(kid);
    return typeof key === 'string'
      ? check(token, header, key)
      : key.then((found) => check(token, header, found));
  };

  return {
    verify(authorization) {
      if (authorization.length > maxLength) throw refuse('length');
      const token = bearerOf(authorization);
      const verified = remembered.get(token);
      return verified ? current(token, verified) : checkNew(token);
    },
    stop: () => keys.stop(),
  };
}

function bearerOf(authorization: string): string {
  return authorization.startsWith('Bearer ')
    ? authorization.slice('Bearer '.length)
    : (/^bearer +(\S+)$/i.exec(authorization)?.[1] ?? '');
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

/** Whom signed claims speak for, whether they still do or not any more; or the claim that is wrong. `now` in seconds. */
function verifiedTokenOf(
  claims: Record<string, unknown>,
  expected: { issuer: string; audience: string; now: number },
): VerifiedToken | string {
  const { iss, aud, sub, sid, role, exp, nbf, iat, scope } = claims;
  if (iss !== expected.issuer) return 'iss';
  if (!(Array.isArray(aud) ? aud : [aud]).includes(expected.audience)) return 'aud';
  if (!isNumber(exp)) return 'exp';
  if (nbf !== undefined && !(isNumber(nbf) && nbf <= expected.now + aheadSeconds)) return 'nbf';
  if (iat !== undefined && !(isNumber(iat) && iat <= expected.now + aheadSeconds)) return 'iat';
  if (typeof sub !== 'string' || !isUuid(sub)) return 'sub';
  if (typeof sid !== 'string' || sid === '') return 'sid';
  if (!isRole(role)) return 'role';
  if (scope !== undefined && typeof scope !== 'string') return 'scope';
  const named = scope?.split(' ').filter((name) => name !== '') ?? [];
  const scopes = [...new Set([...roleScopes[role], ...named])];
  return { viewer: { userId: sub, sessionId: sid, role, scopes }, expiresAt: exp * 1000 };
}
