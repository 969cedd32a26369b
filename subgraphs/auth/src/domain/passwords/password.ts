import { badUserInput } from '@socialhub/platform/errors';
import { nfkc } from '@socialhub/platform/text/normalise';
import { isStorable } from '@socialhub/platform/text/storable';
import { houseName } from '../usernames/reserved-usernames.ts';
import { isCommonPassword } from './common-passwords.ts';

const minLength = 8;
const maxLength = 128;

/** The form that is hashed: whatever keyboard typed an accent, it is the same password (NIST SP 800-63B). */
export const normalisePassword = (password: string): string => nfkc(password);

/** Whose password it is to be. */
export interface PasswordOwner {
  username: string;
  email: string;
}

/**
 * A new password, in the form that is hashed; throws BAD_USER_INPUT naming `field` unless it has 8 to 128 characters and
 * is not one that guessers try first: for everybody, or for this owner.
 */
export function checkPassword(field: string, password: string, owner: PasswordOwner): string {
  if (password.length > maxLength * 4) throw badUserInput(field, `takes at most ${maxLength} characters`);
  const normal = normalisePassword(password);
  const length = [...normal].length;
  if (!isStorable(normal)) throw badUserInput(field, 'has characters that are not text');
  if (length < minLength) throw badUserInput(field, `takes at least ${minLength} characters`);
  if (length > maxLength) throw badUserInput(field, `takes at most ${maxLength} characters`);
  if (isCommonPassword(normal)) throw badUserInput(field, 'is among the passwords that are guessed first');
  if (namesOwner(normal, owner)) {
    throw badUserInput(field, 'is your name or address, or the name of this place: they are guessed first');
  }
  return normal;
}

/** Whether nothing but digits and marks makes it another word than who uses it where (OWASP ASVS 5, 6.2.11). */
function namesOwner(password: string, { username, email }: PasswordOwner): boolean {
  const words = [houseName, username, email, email.slice(0, email.lastIndexOf('@'))].map(wordOf);
  const word = wordOf(password);
  return [word, word.replace(/\p{N}+$/u, '')].some((stem) => stem !== '' && words.includes(stem));
}

const wordOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A password out of a sign-in, in the form that is compared; null when none could ever have been accepted so. */
export function readPassword(password: string): string | null {
  const normal = password.length <= 1_000 ? normalisePassword(password) : '';
  return isPossiblePassword(normal) ? normal : null;
}

/** Whether a password could ever have been accepted: what is longer is not worth hashing as it is. */
const isPossiblePassword = (normal: string): boolean =>
  normal !== '' && normal.length <= maxLength * 4 && isStorable(normal);
