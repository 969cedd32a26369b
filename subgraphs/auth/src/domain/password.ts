import { badUserInput } from '@socialhub/platform/errors';
import { isCommonPassword } from './common-passwords.ts';

const minLength = 8;
const maxLength = 128;

/** The form that is hashed: whatever keyboard typed an accent, it is the same password (NIST SP 800-63B). */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** A new password, in the form that is hashed; throws BAD_USER_INPUT naming `field` unless it has 8 to 128 characters and is not one that guessers try first. */
export function checkPassword(field: string, password: string): string {
  if (password.length > maxLength * 4) throw badUserInput(field, `takes at most ${maxLength} characters`);
  const normal = normalisePassword(password);
  const length = [...normal].length;
  if (!normal.isWellFormed()) throw badUserInput(field, 'has characters that are not text');
  if (length < minLength) throw badUserInput(field, `takes at least ${minLength} characters`);
  if (length > maxLength) throw badUserInput(field, `takes at most ${maxLength} characters`);
  if (isCommonPassword(normal)) throw badUserInput(field, 'is among the passwords that are guessed first');
  return normal;
}

/** A password out of a sign-in, in the form that is compared; null when none could ever have been accepted so. */
export function readPassword(password: string): string | null {
  const normal = password.length <= 1_000 ? normalisePassword(password) : '';
  return isPossiblePassword(normal) ? normal : null;
}

/** Whether a password could ever have been accepted: what is longer is not worth hashing as it is. */
const isPossiblePassword = (normal: string): boolean =>
  normal !== '' && normal.length <= maxLength * 4 && normal.isWellFormed();
