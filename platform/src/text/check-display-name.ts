import { badUserInput } from '../errors.ts';
import { checkLine } from './check-text.ts';
import { turnsDirection } from './direction.ts';

/**
 * The name that a person shows: one line of 1 to 50 characters, something of it visible. Throws BAD_USER_INPUT naming
 * `field`. A name stands in the midst of others' text: it may not turn the direction of text at all.
 */
export function checkDisplayName(field: string, text: string): string {
  const name = checkLine(field, text, { max: 50, min: 1 });
  if (turnsDirection(text)) throw badUserInput(field, 'has characters that turn the direction of text');
  return name;
}
