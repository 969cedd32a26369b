import { FORMATS, type Language } from '../i18n/languages.ts';
import type { TextsOf } from '../i18n/texts.ts';

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** Takes a size in bytes, gives it for people: '12 MB', in thousands. */
export function fileSize(t: TextsOf<'settings'>, language: Language, bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  const digits = { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 };
  return `${value.toLocaleString(FORMATS[language], digits)} ${UNITS[power - 1] ?? t('bytes')}`;
}
