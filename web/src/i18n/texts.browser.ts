'use client';

import { createContext, useContext, useMemo } from 'react';
import type { Language } from './languages.ts';
import type { Room, TextsOf } from './texts.ts';
import { type Messages, translator } from './translator.ts';

interface Shown {
  language: Language;
  messages: Messages;
}

export const TextsContext = createContext<Shown>({ language: 'en', messages: {} });

let latest: Shown = { language: 'en', messages: {} };

/** Adds to what textsNow gives: a browser shows one language at a time. */
export function keepTexts({ language, messages }: Shown): void {
  latest = {
    language,
    messages: language === latest.language ? { ...latest.messages, ...messages } : messages,
  };
}

export const useLanguage = (): Language => useContext(TextsContext).language;

export const languageNow = async (): Promise<Language> => latest.language;

export function useTexts<Name extends Room>(room: Name): TextsOf<Name> {
  const { language, messages } = useContext(TextsContext);
  return useMemo(() => translator(language, messages, room), [language, messages, room]);
}

export const textsNow = async <Name extends Room>(room: Name): Promise<TextsOf<Name>> =>
  translator(latest.language, latest.messages, room);
