'use server';

import { cookies, headers } from 'next/headers';
import { readFields } from '../../forms/form-state.ts';
import { languageCookie, languageNamed } from '../../i18n/languages.ts';
import { sessionCookies } from '../../session/cookies.ts';

const yearS = 365 * 24 * 60 * 60;

/** Keeps the language that the form names, in a cookie of this browser; the page is then in it. */
export async function changeLanguage(form: unknown): Promise<void> {
  const language = languageNamed(readFields(form, ['language']).language);
  if (language === undefined) return;
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const { secure } = sessionCookies(head);
  jar.set(languageCookie(head), language, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: yearS,
  });
}
