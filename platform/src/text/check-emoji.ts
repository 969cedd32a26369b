import { badUserInput } from '../errors.ts';
import { qualifiedEmoji } from './emoji.ts';

/** One emoji as Unicode recommends it for interchange, however it was typed. Throws BAD_USER_INPUT. */
export function checkEmoji(field: string, text: string): string {
  const emoji = qualifiedEmoji(text);
  if (emoji === null) throw badUserInput(field, 'must be one emoji');
  return emoji;
}
