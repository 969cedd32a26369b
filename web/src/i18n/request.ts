import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { type Language, languageAccepted, languageCookie, languageNamed, PSEUDO } from './languages.ts';
import { pseudoTexts } from './pseudo-texts.ts';

/** The language of a request: what its person chose, else what their browser likes, else English. */
async function languageOf(): Promise<Language> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return (
    languageNamed(jar.get(languageCookie(head))?.value) ??
    languageAccepted(head.get('accept-language')) ??
    'en'
  );
}

const english = async () => (await import('./generated/en.ts')).default;

async function textsIn(language: Language): Promise<object> {
  if (language === 'de') return (await import('./generated/de.ts')).default;
  return language === PSEUDO ? pseudoTexts(await english()) : english();
}

export default getRequestConfig(async () => {
  const locale = await languageOf();
  return { locale, messages: await textsIn(locale), timeZone: 'UTC' };
});
