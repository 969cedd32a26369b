'use client';

import { type ReactNode, useContext, useMemo } from 'react';
import type { Language } from './languages.ts';
import { keepTexts, TextsContext } from './texts.browser.ts';
import type { Messages } from './translator.ts';

/** Adds texts to those that the components around it have. */
export function MoreTexts({
  language,
  messages,
  children,
}: {
  language: Language;
  messages: Messages;
  children: ReactNode;
}) {
  const around = useContext(TextsContext);
  const shown = useMemo(
    () => ({ language, messages: { ...around.messages, ...messages } }),
    [around, language, messages],
  );
  if (typeof window !== 'undefined') keepTexts(shown);
  return <TextsContext value={shown}>{children}</TextsContext>;
}
