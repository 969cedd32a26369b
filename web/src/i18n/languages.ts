/** What a person can choose, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

/** English from right to left, for tests alone: a server that is told so by `TEST_LANGUAGES` knows it. */
export const PSEUDO = 'ar-XB';

export type Language = keyof typeof LANGUAGES | typeof PSEUDO;

/** How dates and numbers are written where a language leaves that open. */
export const FORMATS: Record<Language, string> = { en: 'en-GB', de: 'de-DE', [PSEUDO]: 'en-GB' };

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === PSEUDO ? 'rtl' : 'ltr');

/** Gives the language that a text names; undefined where there is none of that name. */
export function languageNamed(name: string | undefined): Language | undefined {
  if (name === PSEUDO) return process.env.TEST_LANGUAGES ? PSEUDO : undefined;
  return name !== undefined && Object.hasOwn(LANGUAGES, name) ? (name as Language) : undefined;
}

/** Gives the language that a browser's Accept-Language likes best; undefined where it names none that there is. */
export function languageAccepted(header: string | null): Language | undefined {
  const liked = (header ?? '').slice(0, 500).split(',').map(rangeOf);
  return liked
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .flatMap(({ name }) => languageNamed(name) ?? languageNamed(name.split('-', 1)[0]) ?? [])[0];
}

function rangeOf(range: string): { name: string; quality: number } {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim());
  const quality = parameters.find((part) => part.startsWith('q='));
  return {
    name: name === PSEUDO ? name : name.toLowerCase(),
    quality: quality ? Number(quality.slice(2)) : 1,
  };
}

/** The name of the cookie that holds what somebody chose; the port keeps copies on one host apart. */
export function languageCookie(headers: Headers): string {
  const port = /:(\d+)$/.exec(headers.get('host') ?? '')?.[1];
  return `socialhub-language${port ? `-${port}` : ''}`;
}
