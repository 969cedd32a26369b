import { badUserInput } from '@socialhub/platform/errors';

const oneEmoji = /^\p{RGI_Emoji}$/v;
const emojiStyle = '\ufe0f';

/** One emoji as Unicode recommends it for interchange; a heart that lacks its emoji style gets it. Throws BAD_USER_INPUT. */
export function checkEmoji(field: string, text: string): string {
  if (oneEmoji.test(text)) return text;
  if (oneEmoji.test(text + emojiStyle)) return text + emojiStyle;
  throw badUserInput(field, 'must be one emoji');
}
