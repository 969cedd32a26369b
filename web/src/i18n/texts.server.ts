import { useLocale, useTranslations } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { Language } from './languages.ts';
import type { Room, TextsOf } from './texts.ts';

export const useLanguage = (): Language => useLocale();

export const languageNow = (): Promise<Language> => getLocale();

export const useTexts = <Name extends Room>(room: Name): TextsOf<Name> =>
  useTranslations(room as never) as unknown as TextsOf<Name>;

export const textsNow = async <Name extends Room>(room: Name): Promise<TextsOf<Name>> =>
  (await getTranslations(room as never)) as unknown as TextsOf<Name>;
