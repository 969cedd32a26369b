import { cleanText } from '@socialhub/platform/text/clean-text';
import { graphemes } from '@socialhub/platform/text/graphemes';
import { hasVisible } from '@socialhub/platform/text/visible';
import type { TextsOf } from '../../i18n/texts.ts';
import { LONGEST_MESSAGE } from './page-size.ts';

/** What one has typed, in the form in which it is stored, or why it cannot be sent; it may be empty beside pictures. */
export function messageText(
  t: TextsOf<'chat'>,
  typed: string,
  hasMedia = false,
): { text: string; fault: string | null } {
  const text = cleanText(typed) ?? typed;
  if (!hasVisible(text)) return { text: '', fault: hasMedia ? null : t('writeSomethingFirst') };
  // Counting costs; no message that is short enough has so many units.
  const isTooLong = text.length > LONGEST_MESSAGE && graphemes(text, LONGEST_MESSAGE + 1) > LONGEST_MESSAGE;
  return { text, fault: isTooLong ? t('tooLong', { n: LONGEST_MESSAGE }) : null };
}
