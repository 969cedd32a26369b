import de from '../src/i18n/generated/de.ts';
import en from '../src/i18n/generated/en.ts';
import { keepTexts } from '../src/i18n/texts.browser.ts';
import type { Room, TextsOf } from '../src/i18n/texts.ts';
import { type Messages, translator } from '../src/i18n/translator.ts';

const all = { en: en as Messages, de: de as Messages };

/** The texts of a room in a language. */
export const textsIn = <Name extends Room>(language: keyof typeof all, room: Name): TextsOf<Name> =>
  translator(language, all[language], room);

/** Has whatever is no component tell in that language, as in a page that is shown in it. */
export const tellIn = (language: keyof typeof all): void => keepTexts({ language, messages: all[language] });
