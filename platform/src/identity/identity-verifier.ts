import { timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '../errors.ts';
import { type Identity, roles } from './identity.ts';
import { type Claims, type IdentityKey, keyOf, lifetimeSeconds, mac } from './identity-signer.ts';

const clockSkewSeconds = 5;

/** Checks what `createIdentitySigner` wrote; throws UNAUTHENTICATED for anything that is not ours, not for us, or too old. */
export type IdentityVerifier = (token: string | string[] | undefined) => Identity;

export function createIdentityVerifier(keys: readonly IdentityKey[], audience: string): IdentityVerifier {
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

const uuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;
const isText = (value: unknown): boolean => typeof value === 'string';
const isAbsentOr = (is: (value: unknown) => boolean, value: unknown): boolean =>
  value === undefined || is(value);

/**
 * What is signed was written by an identity signer; by another version of it perhaps. By hand, since every request to every subgraph
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
