import { createHash, createHmac, randomBytes } from 'node:crypto';

type Bytes = Uint8Array<ArrayBuffer>;

/** A refresh token in hand: 256 random bits. The database has only its hash. */
export interface RefreshToken {
  text: string;
  bytes: Bytes;
  hash: Bytes;
}

const size = 32;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A new token. */
export const mintRefreshToken = (): RefreshToken => fromBytes(randomBytes(size));

/** The token that a client presents; null when it can't be one. */
export const parseRefreshToken = (text: string): RefreshToken | null =>
  form.test(text) ? fromBytes(Buffer.from(text, 'base64url')) : null;

/**
 * Hides `successor` so that `token` alone opens it: a pad that is as long as the secret and used once, since a
 * token has one successor. Whoever reads the database has neither.
 */
export const sealSuccessor = (token: RefreshToken, successor: RefreshToken): Bytes =>
  xor(successor.bytes, pad(token));

/** What `sealSuccessor` hid. */
export const openSuccessor = (token: RefreshToken, sealed: Uint8Array): RefreshToken =>
  fromBytes(xor(sealed, pad(token)));

// Copied, since Buffer's memory is shared and Prisma's types want it whole.
function fromBytes(source: Uint8Array): RefreshToken {
  const bytes = new Uint8Array(source);
  return {
    text: Buffer.from(bytes).toString('base64url'),
    bytes,
    hash: new Uint8Array(createHash('sha256').update(bytes).digest()),
  };
}

const pad = (token: RefreshToken): Uint8Array =>
  createHmac('sha256', token.bytes).update('socialhub refresh token successor').digest();

const xor = (a: Uint8Array, b: Uint8Array): Bytes => a.map((byte, at) => byte ^ (b[at] ?? 0)) as Bytes;
