import { createHash, randomBytes } from 'node:crypto';

type Bytes = Uint8Array<ArrayBuffer>;

const size = 32;
const form = /^[A-Za-z0-9_-]{43}$/;

/** A new token for a link in a mail: 256 random bits, and the hash by which the database knows it. */
export function mintMailToken(): { text: string; hash: Bytes } {
  const text = randomBytes(size).toString('base64url');
  return { text, hash: hashOf(text) };
}

/** The hash of the token that somebody presents; null when it can't be one. */
export const parseMailToken = (text: string): Bytes | null => (form.test(text) ? hashOf(text) : null);

const hashOf = (text: string): Bytes => new Uint8Array(createHash('sha256').update(text).digest());
