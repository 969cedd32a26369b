import { domainToASCII } from 'node:url';
import { badUserInput } from '@socialhub/platform/errors';

// RFC 5321's dot-string; quoted local parts are legal, used by nobody, and a way to smuggle headers.
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** The one spelling under which an address is stored and looked up: trimmed, lower-case, its domain in ASCII. Null when it is no address. */
export function normaliseEmail(text: string): string | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  if (trimmed.length > 254 || at < 1) return null;
  const local = asciiLowerCase(trimmed.slice(0, at));
  const host = domainToASCII(trimmed.slice(at + 1));
  const isAddress = local.length <= 64 && host.length <= 253 && localPart.test(local) && domain.test(host);
  return isAddress ? `${local}@${host}` : null;
}

/** The address out of a form; throws BAD_USER_INPUT naming `field`. */
export function checkEmail(field: string, text: string): string {
  const email = normaliseEmail(text);
  if (email === null) throw badUserInput(field, 'is not an email address');
  return email;
}

// String.toLowerCase would make a k of the Kelvin sign: another address than was typed.
const asciiLowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
