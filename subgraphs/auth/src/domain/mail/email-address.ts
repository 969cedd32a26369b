import { domainToASCII } from 'node:url';
import { badUserInput } from '@socialhub/platform/errors';

// RFC 5321, 4.5.3.1: what a mail server takes, in the form in which it is sent.
const maxAddress = 254;
const maxLocalPart = 64;
const maxDomain = 253;

// RFC 5321's dot-string; quoted local parts are legal, used by nobody, and a way to smuggle headers.
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
// What may be typed of a domain. Asked before it is converted: domainToASCII takes it for the host of a URL, and would
// cut off a path, leave out tabs and decode percent signs.
const typedDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** The one spelling under which an address is stored and looked up: trimmed, lower-case, its domain in ASCII. Null when it is no address. */
export function normaliseEmail(text: string): string | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0));
  const typed = trimmed.slice(at + 1);
  // Long before it is converted; in ASCII no domain has less characters, and two code units a character at most.
  if (local.length > maxLocalPart || typed.length > 2 * maxDomain) return null;
  if (!localPart.test(local) || !typedDomain.test(typed)) return null;
  const host = domainToASCII(typed);
  const email = `${asciiLowerCase(local)}@${host}`;
  return host.length <= maxDomain && domain.test(host) && email.length <= maxAddress ? email : null;
}

/** The address out of a form; throws BAD_USER_INPUT naming `field`. */
export function checkEmail(field: string, text: string): string {
  const email = normaliseEmail(text);
  if (email === null) throw badUserInput(field, 'is not an email address');
  return email;
}

// String.toLowerCase would make a k of the Kelvin sign: another address than was typed.
const asciiLowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
