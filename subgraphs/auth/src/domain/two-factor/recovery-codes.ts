import { randomBytes, randomInt } from 'node:crypto';
import type { PasswordHasher } from '../passwords/password-hasher.ts';

type Bytes = Uint8Array<ArrayBuffer>;

// Crockford's: no i, l, o and u, so that what somebody copied by hand can be read back.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const groups = 2;
const groupLength = 5;
const form = new RegExp(`^[${alphabet}]{${groups * groupLength}}$`);

/** How many somebody is given. */
const howMany = 10;

/** The code that somebody typed, as it is hashed; null when it can't be one. */
export function parseRecoveryCode(text: string): string | null {
  if (text.length > 40) return null;
  const code = text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return form.test(code) ? code : null;
}

/** Codes as their owner is shown them, once, and what is stored of them. */
export interface RecoveryCodes {
  texts: string[];
  salt: Bytes;
  hashes: Bytes[];
}

/**
 * Codes to print (`7xk2m-9fp4q`, 50 random bits), and what is stored of them: with so few bits a quick hash would give
 * them away to whoever has the database.
 */
export async function newRecoveryCodes(
  passwords: PasswordHasher,
  from: string | null,
): Promise<RecoveryCodes> {
  const salt = new Uint8Array(randomBytes(16));
  const texts = Array.from({ length: howMany }, mintCode);
  const hashes: Bytes[] = [];
  // One after the other: ten at once would take ten turns from everybody else at this address.
  for (const text of texts) hashes.push(await passwords.derive(text.replaceAll('-', ''), salt, from));
  return { texts, salt, hashes };
}

const mintCode = (): string => Array.from({ length: groups }, mintGroup).join('-');
const mintGroup = (): string =>
  Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
