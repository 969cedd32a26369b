import { useLanguage } from '#texts';
import { FORMATS } from '../i18n/languages.ts';

/** Gives what writes a count as the reader's language does: '1,234'. */
export function useNumbers(): (count: number) => string {
  const format = FORMATS[useLanguage()];
  return (count) => count.toLocaleString(format);
}
