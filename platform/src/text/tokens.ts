import { emojiAt } from './emoji.ts';
import { hashtagAt } from './hashtag.ts';
import { addressAt, bareAddressEnd, httpSchemeStart } from './link.ts';
import { beginsKeycap, characterBefore, endBeforeKeycap, matchAt } from './match-at.ts';
import { isOfWord, isSpaceless, wordCharacters } from './scripts.ts';
import { maxUsername, usernameCharacters, usernameKey } from './username.ts';

/** A piece of a text: `text` is what was typed. */
export type TextToken =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** `username` as it is looked up. */
  | { kind: 'mention'; text: string; username: string }
  /** `tag` as it is stored and compared, without its sign. */
  | { kind: 'hashtag'; text: string; tag: string }
  /** `emoji` as Unicode recommends it for interchange. */
  | { kind: 'emoji'; text: string; emoji: string };

/** What was read: up to `end`, where what has a meaning begins at `start`. */
interface Piece {
  start: number;
  end: number;
  token?: TextToken;
}

/**
 * The pieces of a text, in order; together they are the text. Links come first: what stands in an address is no mention
 * and no hashtag. Reads from left to right, and nothing more than a few times: linear.
 */
export function tokensOf(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  let plainFrom = 0;
  let emojiEnd = -1;
  const plainUntil = (end: number) => {
    if (end > plainFrom) tokens.push({ kind: 'text', text: text.slice(plainFrom, end) });
  };
  for (let at = 0; at < text.length; ) {
    const { start, end, token } = pieceAt(text, at, at === emojiEnd);
    if (token) {
      plainUntil(start);
      tokens.push(token);
      plainFrom = end;
      if (token.kind === 'emoji') emojiEnd = end;
    }
    at = end;
  }
  plainUntil(text.length);
  return tokens;
}

const word = new RegExp(String.raw`[${wordCharacters}_.\-]+`, 'vy');
const meaningless = /[^\p{L}\p{M}\p{N}\p{Emoji}_#＃@＠]+/uy;
// Anything, and two flags' letters that are no flag, so that the next two are read as a pair again.
const anything = /\p{Regional_Indicator}{2}|./suy;

function pieceAt(text: string, at: number, isAfterEmoji: boolean): Piece {
  const emoji = emojiAt(text, at);
  if (emoji) {
    return { start: at, end: at + emoji.text.length, token: { kind: 'emoji', ...emoji } };
  }
  const sign = text.charAt(at);
  if (sign === '#' || sign === '＃') return hashtag(text, at, isAfterEmoji);
  if (sign === '@' || sign === '＠') return mention(text, at, isAfterEmoji);
  const run = matchAt(word, text, at);
  if (run.length > 1) return wordOrLink(text, at, endBeforeKeycap(text, at + run.length));
  const read = run || matchAt(meaningless, text, at) || matchAt(anything, text, at);
  return plain(at + read.length);
}

const plain = (end: number): Piece => ({ start: end, end });

const keepsFromTag = /[\p{L}\p{M}\p{N}_&#＃@＠/]/u;
const emojiOrTextStyle = /[\ufe0e\ufe0f]/;

function hashtag(text: string, at: number, isAfterEmoji: boolean): Piece {
  const before = characterBefore(text, at);
  const mayBegin = isAfterEmoji || emojiOrTextStyle.test(before) || !keepsFromTag.test(before);
  if (!mayBegin) return plain(at + 1);
  const { end, tag } = hashtagAt(text, at + 1);
  if (tag === null) return plain(end);
  return { start: at, end, token: { kind: 'hashtag', text: text.slice(at, end), tag } };
}

const name = new RegExp(`[${usernameCharacters}]{1,${maxUsername + 1}}`, 'y');
const keepsFromMention = /[A-Za-z0-9_!#＃$%&*@＠]/;
// Another network's people; the scheme of an address.
const isNoEnd = /^(?:[@＠]|:\/\/)/;
const isDomainEnd = /^\.[A-Za-z]{2}/;

function mention(text: string, at: number, isAfterEmoji: boolean): Piece {
  const before = characterBefore(text, at);
  const mayBegin = isAfterEmoji || !(keepsFromMention.test(before) || isOfWord.test(before));
  const end = mayBegin ? endBeforeKeycap(text, at + 1 + matchAt(name, text, at + 1).length) : at + 1;
  const username = usernameKey(text.slice(at + 1, end));
  const next = text.slice(end, end + 3);
  const goesOn = (isOfWord.test(next) && !beginsKeycap(next)) || isNoEnd.test(next);
  // 用户@example.org is an address of mail, の@name is none.
  const isMail = isSpaceless.test(before) && isDomainEnd.test(next);
  if (username === null || goesOn || isMail) return plain(at + 1);
  return { start: at, end, token: { kind: 'mention', text: text.slice(at, end), username } };
}

function wordOrLink(text: string, at: number, wordEnd: number): Piece {
  const run = text.slice(at, wordEnd);
  if (!text.startsWith('://', wordEnd)) return plain(bareAddressEnd(text, run, wordEnd) ?? wordEnd);
  const schemeAt = httpSchemeStart(run);
  const start = at + (schemeAt ?? 0);
  const { end, href } = addressAt(text, start, wordEnd + 3);
  if (schemeAt === null || href === null) return plain(end);
  return { start, end, token: { kind: 'link', text: text.slice(start, end), href } };
}
