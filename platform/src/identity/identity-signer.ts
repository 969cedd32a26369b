import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Identity, Role } from './identity.ts';

/** The header by which the gateway tells a subgraph for whom it asks; the same text travels in a socket operation's `extensions.identity`. */
export const IDENTITY_HEADER = 'x-socialhub-identity';

export const lifetimeSeconds = 60;

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
export interface Claims {
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
  return ({ viewer, client, askedAt }) => {
    const now = Date.now();
    const payload: Claims = {
      aud: audience,
      exp: Math.floor(now / 1000) + lifetimeSeconds,
      at: askedAt?.getTime() ?? now,
      ...(viewer && { sub: viewer.userId, sid: viewer.sessionId, role: viewer.role, scope: viewer.scopes }),
      ...(client.ipAddress && { ip: client.ipAddress }),
      ...(client.userAgent && { ua: client.userAgent.slice(0, 256) }),
    };
    const body = `${id}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
    return `${body}.${mac(key, body)}`;
  };
}

export const keyOf = ({ secret }: IdentityKey): KeyObject => createSecretKey(Buffer.from(secret));

export const mac = (key: KeyObject, body: string): string =>
  createHmac('sha256', key).update(body).digest('base64url');
