import de from '../../i18n/de/offline.json' with { type: 'json' };
import en from '../../i18n/en/offline.json' with { type: 'json' };

/** What the page for no connection says, in each language. */
export const OFFLINE_TEXTS = { en, de };

export type OfflineLanguage = keyof typeof OFFLINE_TEXTS;

/** Takes what a page says of its language, gives one that there are texts in. */
export const offlineLanguageOf = (wanted: string | null): OfflineLanguage =>
  wanted !== null && Object.hasOwn(OFFLINE_TEXTS, wanted) ? (wanted as OfflineLanguage) : 'en';
