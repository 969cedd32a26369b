import { matchAt } from './match-at.ts';
import { isOfWord, isSpaceless, spacedCharacters, wordCharacters } from './scripts.ts';

const maxLink = 2_048;

const host = new RegExp(String.raw`[${wordCharacters}._\-]+`, 'vy');
const afterHost = new RegExp(
  String.raw`[${spacedCharacters}!#$%&\(\)*+,\-.\/:;=?@\[\]\^_\{\|\}~\u2013]*`,
  'vy',
);
const asciiStart = /^[\x21-\x7e]*/;
const wholeHost = /[A-Za-z0-9]\.[A-Za-z]{2,63}$/;

// What a browser makes of the host: names of letters, digits, - and _, the last of letters or an international one; or IPv4.
const publicHost =
  /^(?:(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})|\d{1,3}(?:\.\d{1,3}){3})$/;

/** An address: `href` is null when it is none that one could follow, `end` where reading goes on. All that was read is before it. */
interface Address {
  end: number;
  href: string | null;
}

/** Where the scheme begins that a run of letters ends in; null when it is not http or https. */
export function httpSchemeStart(word: string): number | null {
  const scheme = /(?:^|[^A-Za-z0-9])(https?)$/i.exec(word.slice(-7))?.[1];
  if (scheme === undefined) return null;
  const start = word.length - scheme.length;
  const before = [...word.slice(Math.max(0, start - 2), start)].at(-1) ?? '';
  return isOfWord.test(before) ? null : start;
}

/** What follows `scheme://`; `from` is where the scheme begins, `at` what is behind it. */
export function addressAt(text: string, from: number, at: number): Address {
  const name = matchAt(host, text, at);
  const [ascii = ''] = asciiStart.exec(name) ?? [];
  const isFollowed = wholeHost.test(ascii.slice(-66)) && isSpaceless.test(name.slice(ascii.length));
  const hostEnd = at + (isFollowed ? ascii.length : name.length);
  const isAlone = name !== '' && (isFollowed || !/[/?#:@]/.test(text.charAt(hostEnd)));
  const read = isAlone ? '' : matchAt(afterHost, text, hostEnd);
  const end = trimmedEnd(text, at, closedEnd(text, hostEnd, hostEnd + read.length));
  const href = end - from <= maxLink ? hrefOf(text.slice(from, end)) : null;
  return href === null ? { end: hostEnd + read.length, href } : { end, href };
}

/** Where an address without a scheme ends that begins with this word (`example.org/path`); null when it is none. */
export function bareAddressEnd(text: string, word: string, end: number): number | null {
  const isBegun =
    wholeHost.test(word.slice(-66)) &&
    /^(?::\d{1,5})?(?:\/|\?[\w.~-]{1,64}=)/.test(text.slice(end, end + 80));
  return isBegun ? end + matchAt(afterHost, text, end).length : null;
}

function hrefOf(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { hostname, username, password, href } = new URL(link);
  // A name before the host is there to be taken for it.
  return publicHost.test(hostname) && username === '' && password === '' ? href : null;
}

const openingOf: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** A bracket that is closed and was not opened in the address belongs to the text around it. */
function closedEnd(text: string, from: number, end: number): number {
  const open: Record<string, number> = { '(': 0, '[': 0, '{': 0 };
  for (let at = from; at < end; at += 1) {
    const character = text.charAt(at);
    const opening = openingOf[character];
    const count = open[opening ?? character];
    if (count === undefined) continue;
    if (opening !== undefined && count === 0) return at;
    open[opening ?? character] = opening === undefined ? count + 1 : count - 1;
  }
  return end;
}

/** Punctuation at its end is of the sentence. */
function trimmedEnd(text: string, from: number, end: number): number {
  let last = end;
  while (last > from && /[!&*,.:;?@^|~]/.test(text.charAt(last - 1))) last -= 1;
  return last;
}
