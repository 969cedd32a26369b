import { badUserInput } from '../errors.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { graphemes } from './graphemes.ts';
import { hasVisible } from './visible.ts';

/** Bounds in grapheme clusters. */
interface Limits {
  max: number;
  min?: number;
}

// The longest emoji has 15 code units, and no script comes near it: whoever writes `max` characters fits, and the work
// that a text makes is bounded before any of it is done.
const unitsPerGrapheme = 16;
const spareUnits = 64;

/**
 * A text from a client, in the form in which it is stored (`cleanText`); empty when there is nothing to see in it.
 * Throws BAD_USER_INPUT naming `field` when it is no text, or not between `min` (default 0) and `max` characters.
 */
export const checkText = (field: string, text: string, limits: Limits): string =>
  check(field, text, limits, cleanText);

/** The same for what is shown in one line: a name, a title. Line breaks become spaces. */
export const checkLine = (field: string, text: string, limits: Limits): string =>
  check(field, text, limits, cleanLine);

function check(
  field: string,
  text: string,
  { max, min = 0 }: Limits,
  clean: (text: string) => string | null,
): string {
  const tooLong = () => badUserInput(field, `takes at most ${max} characters`);
  if (text.length > max * unitsPerGrapheme + spareUnits) throw tooLong();
  const cleaned = clean(text);
  if (cleaned === null) throw badUserInput(field, 'has characters that are not text');
  const seen = hasVisible(cleaned) ? cleaned : '';
  const length = graphemes(seen, max);
  if (length > max) throw tooLong();
  if (length < min)
    throw badUserInput(field, min === 1 ? 'must not be empty' : `takes at least ${min} characters`);
  return seen;
}
