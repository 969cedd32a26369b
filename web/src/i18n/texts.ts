import type { ICUArgs, ICUTags } from 'next-intl';
import type { ReactNode } from 'react';
import type { Texts } from './generated/texts.ts';
import type { Language } from './languages.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Texts;
  }
}

/** A folder of the web whose texts are in one file. */
export type Room = keyof Texts;

type Tag = (text: ReactNode) => ReactNode;

type ValuesOf<Text extends string> = ICUArgs<
  Text,
  { ICUArgument: string | number; ICUNumberArgument: number; ICUDateArgument: Date }
>;

/** Of one of several texts what any of them takes. */
type All<Values> = (Values extends unknown ? (values: Values) => void : never) extends (
  values: infer Every,
) => void
  ? Every
  : never;

type Arguments<Values> = Partial<Values> extends Values ? [values?: Values] : [values: Values];

type PlainArguments<Text> = Arguments<All<Text extends string ? ValuesOf<Text> : never>>;
type RichArguments<Text> = Arguments<All<Text extends string ? ValuesOf<Text> & ICUTags<Text, Tag> : never>>;

/** Gives a room's texts by their keys, with the values that they take; `rich` those that have elements in them. */
export interface TextsOf<Name extends Room> {
  <Key extends keyof Texts[Name]>(key: Key, ...values: PlainArguments<Texts[Name][Key]>): string;
  rich<Key extends keyof Texts[Name]>(key: Key, ...values: RichArguments<Texts[Name][Key]>): ReactNode;
}
