import { badUserInput } from './errors.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many grapheme clusters (UAX #29: what a person calls characters) the text has. */
export function graphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

// Tab and line feed may stand in a text; other controls and lone surrogates have no meaning a reader could see.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * A text from a client: line ends made `\n`, white space trimmed, NFC. Throws BAD_USER_INPUT naming `field` when it
 * has control characters, or not between `min` (default 0) and `max` grapheme clusters.
 */
export function checkText(field: string, text: string, limits: { max: number; min?: number }): string {
  // A grapheme may hold many code points: a bound on length keeps the segmenter's work and the row bounded.
  if (text.length > limits.max * 32 + 64) throw badUserInput(field, `takes at most ${limits.max} characters`);
  const clean = text.replaceAll('\r\n', '\n').normalize('NFC').trim();
  if (!clean.isWellFormed() || unprintable.test(clean))
    throw badUserInput(field, 'has characters that are not text');
  const length = graphemes(clean);
  if (length > limits.max) throw badUserInput(field, `takes at most ${limits.max} characters`);
  const min = limits.min ?? 0;
  if (length < min)
    throw badUserInput(field, min === 1 ? 'must not be empty' : `takes at least ${min} characters`);
  return clean;
}
