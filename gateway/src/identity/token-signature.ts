import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const keys = new LRUCache<string, KeyObject>({ max: 16 });

/** The claims of a token that this key (PEM) has signed; null of any other. That its header says EdDSA is checked by `readKid`. */
export function readSigned(token: string, key: string): Record<string, unknown> | null {
  const end = token.lastIndexOf('.');
  const signed = Buffer.from(token.slice(0, end));
  if (!verify(null, signed, keyOf(key), Buffer.from(token.slice(end + 1), 'base64url'))) return null;
  return claimsOf(token.slice(token.indexOf('.') + 1, end));
}

function keyOf(pem: string): KeyObject {
  const known = keys.get(pem);
  if (known) return known;
  const key = createPublicKey(pem);
  keys.set(pem, key);
  return key;
}

function claimsOf(part: string): Record<string, unknown> | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
