import { badUserInput } from '@socialhub/platform/errors';

const minLength = 8;
const maxLength = 128;

/** The form that is hashed: whatever keyboard typed an accent, it is the same password (NIST SP 800-63B). */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** A new password, in the form that is hashed; throws BAD_USER_INPUT naming `field` unless it has 8 to 128 characters. */
export function checkPassword(field: string, password: string): string {
  if (password.length > maxLength * 4) throw badUserInput(field, `takes at most ${maxLength} characters`);
  const normal = normalisePassword(password);
  const length = [...normal].length;
  if (!normal.isWellFormed()) throw badUserInput(field, 'has characters that are not text');
  if (length < minLength) throw badUserInput(field, `takes at least ${minLength} characters`);
  if (length > maxLength) throw badUserInput(field, `takes at most ${maxLength} characters`);
  return normal;
}

/** Whether a password could ever have been accepted: what is longer is not worth hashing as it is. */
export const isPossiblePassword = (normal: string): boolean =>
  normal.length <= maxLength * 4 && normal.isWellFormed();
