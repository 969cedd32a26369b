import { checkText } from '@socialhub/platform/text/check-text';
import { limits } from './limits.ts';

/** What a file shows, as its owner says it; null for nothing. Throws BAD_USER_INPUT. */
export const checkAltText = (altText: string | null | undefined): string | null =>
  checkText('input.altText', altText ?? '', { max: limits.maxAltText }) || null;
