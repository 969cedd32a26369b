import { badUserInput } from '@socialhub/platform/errors';
import { reservedUsernames } from './reserved-usernames.ts';

const form = /^[a-z0-9_]{3,30}$/;

/** The one spelling under which a username is stored and looked up. Null when no username can be spelled so. */
export function normaliseUsername(text: string): string | null {
  const name = text.trim();
  // ASCII only, checked before the case is folded: nothing that looks alike slips in.
  if (!/^[A-Za-z0-9_]+$/.test(name)) return null;
  const lower = name.toLowerCase();
  return form.test(lower) ? lower : null;
}

/** The username out of a registration; throws BAD_USER_INPUT naming `field`. */
export function checkUsername(field: string, text: string): string {
  const username = normaliseUsername(text);
  if (username === null) throw badUserInput(field, 'takes 3 to 30 of a-z, 0-9 and _');
  if (!/[a-z0-9]/.test(username)) throw badUserInput(field, 'must have a letter or a digit');
  if (isReserved(username)) throw badUserInput(field, 'is reserved');
  return username;
}

/** Underscores at the ends and between letters do not make another name of a reserved one. */
const isReserved = (username: string): boolean => reservedUsernames.has(username.replaceAll('_', ''));
