import { badUserInput } from './errors.ts';
import { checkText } from './text.ts';

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
// Embeddings, overrides and isolates turn the text that stands after the name as well.
const turnsText = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * The name that a person shows: one line of 1 to 50 characters, something of it visible. Gives it with runs of white
 * space made one space; throws BAD_USER_INPUT naming `field`.
 */
export function checkDisplayName(field: string, text: string): string {
  const name = checkText(field, text, { max: 50, min: 1 }).replace(/\s+/gu, ' ');
  if (!visible.test(name)) throw badUserInput(field, 'must have something to see');
  if (turnsText.test(name)) throw badUserInput(field, 'has characters that turn the direction of text');
  return name;
}
