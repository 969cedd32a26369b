/** What the page for no connection says, in each language that it knows. */
export const OFFLINE_TEXTS = {
  en: {
    title: 'No connection',
    why: 'SocialHub can’t be reached: this device has no connection at the moment, or the connection is very bad.',
    meanwhile:
      'Posts and messages that you have begun are kept. This page comes back by itself when the connection does.',
    again: 'Try again',
  },
  de: {
    title: 'Keine Verbindung',
    why: 'SocialHub ist nicht erreichbar: Dieses Gerät hat gerade keine Verbindung, oder sie ist sehr schlecht.',
    meanwhile:
      'Angefangene Beiträge und Nachrichten bleiben erhalten. Die Seite kommt von selbst wieder, sobald die Verbindung da ist.',
    again: 'Noch einmal versuchen',
  },
} as const;

export type OfflineLanguage = keyof typeof OFFLINE_TEXTS;

/** Takes what a page says of its language, gives one that there are texts in. */
export const offlineLanguageOf = (wanted: string | null): OfflineLanguage =>
  wanted !== null && Object.hasOwn(OFFLINE_TEXTS, wanted) ? (wanted as OfflineLanguage) : 'en';
