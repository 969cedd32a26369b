import { foldText } from './fold-text.ts';
import { endBeforeKeycap, matchAt } from './match-at.ts';
import { wordCharacters } from './scripts.ts';

const maxLength = 100;

// Joiners that Persian, Sinhala, Catalan, Hebrew, Japanese and Tibetan words have in them: inside a tag they are of it.
const joiners = String.raw`\u00b7\u05be\u05f4\u0f0b\u0f0c\u200c\u200d\u301c\u30a0\u30fb\uff5e\uff65`;
// The sign of a Hebrew abbreviation and the ditto mark may end one.
const body = new RegExp(String.raw`[${wordCharacters}_\u05f3\u3003${joiners}]+`, 'vy');
const isJoiner = new RegExp(`[${joiners}]`);
const begins = /^[\p{L}\p{N}_]/u;
const hasLetter = /\p{L}/u;

/** What follows a hash sign: `tag` is null when it is no hashtag, `end` where reading goes on. */
export function hashtagAt(text: string, at: number): { end: number; tag: string | null } {
  let end = endBeforeKeycap(text, at + matchAt(body, text, at).length);
  while (end > at && isJoiner.test(text.charAt(end - 1))) end -= 1;
  // It is the beginning of an address.
  if (text.startsWith('://', end)) return { end: at, tag: null };
  const word = text.slice(at, end);
  const isTag = word.length <= maxLength && begins.test(word) && hasLetter.test(word);
  const tag = isTag ? hashtagKey(word) : '';
  return { end, tag: tag !== '' && tag.length <= maxLength ? tag : null };
}

/** The form in which hashtags are stored and compared: NFKC, case folded, without white space. */
export function hashtagKey(tag: string): string {
  // NFKC would make the one wave dash an ASCII tilde and leave the other; keyboards give either.
  return foldText(tag.replaceAll('\uff5e', '\u301c')).replace(/\s/gu, '');
}

/** The key of the hashtag that the whole text names, with its sign or without; null when it names none. */
export function hashtagNamed(text: string): string | null {
  if (text.length > maxLength + 1) return null;
  const start = /^[#＃]/.test(text) ? 1 : 0;
  const { end, tag } = hashtagAt(text, start);
  return end === text.length ? tag : null;
}
