import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from './errors.ts';

export const roles = ['MEMBER', 'MODERATOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

const ranks: Record<Role, number> = { MEMBER: 0, MODERATOR: 1, ADMIN: 2 };

/** Whether the one role may do more than the other. */
export const outranks = (role: Role, other: Role): boolean => ranks[role] > ranks[other];

interface Ranked {
  id: string;
  role: Role;
}

/** Who may act against whom: moderators against members, admins against everybody but themselves. */
export const mayModerate = (actor: Ranked, subject: Ranked): boolean =>
  actor.id !== subject.id && (actor.role === 'ADMIN' || outranks(actor.role, subject.role));

/** The signed-in person on whose behalf a request runs. */
export interface Viewer {
  userId: string;
  sessionId: string;
  role: Role;
  scopes: readonly string[];
}

/** Where the client called from, as the gateway saw it. */
export interface ClientInfo {
  ipAddress: string | null;
  userAgent: string | null;
}

/** What the gateway vouches for. */
export interface Identity {
  viewer: Viewer | null;
  client: ClientInfo;
  /** When the gateway vouched for it, which it does per operation; set by the verifier. */
  askedAt?: Date;
}

/** The header by which the gateway tells a subgraph for whom it asks; the same text travels in a socket operation's `extensions.identity`. */
export const IDENTITY_HEADER = 'x-socialhub-identity';

const lifetimeSeconds = 60;
const clockSkewSeconds = 5;

/** A named secret. Of a list the first signs and all verify, so that keys rotate without a gap. */
export interface IdentityKey {
  id: string;
  secret: string;
}

/** Reads `id:secret[,id:secret]`; null when it is not of that form or a secret is shorter than 32 characters. */
export function parseIdentityKeys(text: string): IdentityKey[] | null {
  const keys = text.split(',').map((pair) => /^([\w-]{1,32}):(\S{32,})$/.exec(pair.trim()));
  return keys.every((match) => match !== null)
    ? keys.map((match) => ({ id: match[1] as string, secret: match[2] as string }))
    : null;
}

/** Writes keys as `parseIdentityKeys` reads them. */
export function formatIdentityKeys(keys: readonly IdentityKey[]): string {
  return keys.map((key) => `${key.id}:${key.secret}`).join(',');
}

/**
 * The keys of one subgraph, derived (HKDF-SHA256, RFC 5869) from the gateway's: a subgraph that is broken into
 * holds nothing with which it could speak to another.
 */
export function deriveIdentityKeys(master: readonly IdentityKey[], audience: string): IdentityKey[] {
  return master.map((key) => ({
    id: key.id,
    secret: Buffer.from(hkdfSync('sha256', key.secret, '', `socialhub identity ${audience}`, 32)).toString(
      'base64url',
    ),
  }));
}

/** What the header says, by the names that it has there. */
interface Claims {
  aud: string;
  /** Seconds since the epoch. */
  exp: number;
  /** Milliseconds since the epoch. */
  at: number;
  sub?: string;
  sid?: string;
  role?: Role;
  scope?: readonly string[];
  ip?: string;
  ua?: string;
}

/** A function that vouches for an identity towards the subgraph `audience`, for 60 seconds. Takes that subgraph's derived keys. */
export function createIdentitySigner(
  keys: readonly IdentityKey[],
  audience: string,
): (identity: Identity) => string {
  const [first] = keys;
  if (!first) throw new Error('no identity key to sign with');
  const { id } = first;
  const key = keyOf(first);
  return ({ viewer, client }) => {
    const now = Date.now();
    const payload: Claims = {
      aud: audience,
      exp: Math.floor(now / 1000) + lifetimeSeconds,
      at: now,
      ...(viewer && { sub: viewer.userId, sid: viewer.sessionId, role: viewer.role, scope: viewer.scopes }),
      ...(client.ipAddress && { ip: client.ipAddress }),
      ...(client.userAgent && { ua: client.userAgent.slice(0, 256) }),
    };
    const body = `${id}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
    return `${body}.${mac(key, body)}`;
  };
}

/** A function that checks what `createIdentitySigner` wrote; throws UNAUTHENTICATED for anything that is not ours, not for us, or too old. */
export function createIdentityVerifier(
  keys: readonly IdentityKey[],
  audience: string,
): (token: string | string[] | undefined) => Identity {
  const byId = new Map(keys.map((key) => [key.id, keyOf(key)]));
  return (token) => {
    const [id, payload, signature, ...rest] = typeof token === 'string' ? token.split('.') : [];
    const key = id === undefined ? undefined : byId.get(id);
    if (!key || !payload || !signature || rest.length > 0) throw refused();
    const given = Buffer.from(signature);
    const expected = Buffer.from(mac(key, `${id}.${payload}`));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refused();
    const claims = readClaims(Buffer.from(payload, 'base64url').toString());
    const now = Math.floor(Date.now() / 1000);
    if (claims?.aud !== audience) throw refused();
    if (claims.exp < now || claims.exp > now + lifetimeSeconds + clockSkewSeconds) throw refused();
    const { sub, sid, role, scope, ip, ua, at } = claims;
    return {
      viewer: sub && sid && role ? { userId: sub, sessionId: sid, role, scopes: scope ?? [] } : null,
      client: { ipAddress: ip ?? null, userAgent: ua ?? null },
      askedAt: new Date(at),
    };
  };
}

const refused = () => unauthenticated('This service answers the gateway alone');

const keyOf = ({ secret }: IdentityKey): KeyObject => createSecretKey(Buffer.from(secret));

const mac = (key: KeyObject, body: string): string =>
  createHmac('sha256', key).update(body).digest('base64url');

const uuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;
const isText = (value: unknown): boolean => typeof value === 'string';
const isAbsentOr = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || is(value);

/**
 * What is signed was written above; by another version of it perhaps. By hand, since every request to every subgraph
 * comes this way. Null for anything else.
 */
function readClaims(text: string): Claims | null {
  let claims: Partial<Record<keyof Claims, unknown>> | null;
  try {
    claims = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof claims !== 'object' || claims === null) return null;
  const { aud, exp, at, sub, sid, role, scope, ip, ua } = claims;
  const isWhole = isText(aud) && Number.isFinite(exp) && Number.isFinite(at);
  const isOfClient = isAbsentOr(isText, ip) && isAbsentOr(isText, ua);
  const isNobody = sub === undefined && sid === undefined && role === undefined && scope === undefined;
  const isSomebody =
    typeof sub === 'string' &&
    uuid.test(sub) &&
    typeof sid === 'string' &&
    sid !== '' &&
    roles.some((known) => known === role) &&
    Array.isArray(scope) &&
    scope.every(isText);
  return isWhole && isOfClient && (isNobody || isSomebody) ? (claims as Claims) : null;
}
