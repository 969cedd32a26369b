import { settleDirection } from './direction.ts';
import { nfc } from './normalise.ts';

// CR LF, CR, VT, FF, NEL, LS and PS.
const lineBreak = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

// Tab and line feed may stand in a text; other controls, noncharacters and lone surrogates have no meaning to a reader.
const notText = /[[\p{Cc}\p{Noncharacter_Code_Point}\p{Cs}]--[\t\n]]/v;

/**
 * A text in the one form in which it is stored: each line break a line feed, direction settled, NFC, white space trimmed.
 * Null when it holds what is not text. Cleaning it again changes nothing. Linear; the caller bounds the length.
 */
export function cleanText(text: string): string | null {
  const lines = text.replace(lineBreak, '\n');
  if (notText.test(lines)) return null;
  return nfc(settleDirection(lines)).trim();
}

/** The same for what is one line: a run of white space is one space. */
export function cleanLine(text: string): string | null {
  return cleanText(text.replace(lineBreak, ' ').replaceAll('\n', ' '))?.replace(/\s+/gu, ' ') ?? null;
}
