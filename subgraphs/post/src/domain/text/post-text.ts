import { badUserInput } from '@socialhub/platform/errors';
import { checkLine, checkText } from '@socialhub/platform/text/check-text';

const maxText = 500;
const maxContentWarning = 200;

/** A post's text; it may be empty when there is something to look at. */
export function checkPostText(text: string, hasMedia: boolean): string {
  const clean = checkText('input.text', text, { max: maxText });
  if (clean === '' && !hasMedia) throw badUserInput('input.text', 'must not be empty without media');
  return clean;
}

export const checkCommentText = (text: string): string =>
  checkText('input.text', text, { max: maxText, min: 1 });

/** null when there is none. */
export function checkContentWarning(text: string | null | undefined): string | null {
  return text ? checkLine('input.contentWarning', text, { max: maxContentWarning }) || null : null;
}
