import format, { type CompiledMessage } from 'icu-minify/format';
import { createElement, Fragment, type ReactNode } from 'react';
import type { Room, TextsOf } from './texts.ts';

/** Compiled texts by room and key, of as many rooms as are here. */
export type Messages = Readonly<Record<string, Readonly<Record<string, CompiledMessage>>>>;

const made = new Map<string, object>();

/** Made once: that costs more than what they are used for. */
function once<Made extends object>(name: string, make: () => Made): Made {
  const its = (made.get(name) as Made | undefined) ?? make();
  made.set(name, its);
  return its;
}

const formatters = {
  getNumberFormat: (locale: string, options?: Intl.NumberFormatOptions) =>
    once(`number ${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options)),
  getDateTimeFormat: (locale: string, options?: Intl.DateTimeFormatOptions) =>
    once(`date ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options)),
  getPluralRules: (locale: string, options?: Intl.PluralRulesOptions) =>
    once(`plural ${locale} ${JSON.stringify(options)}`, () => new Intl.PluralRules(locale, options)),
};

/** Gives what gives the texts of a room. */
export function translator<Name extends Room>(locale: string, messages: Messages, room: Name): TextsOf<Name> {
  function told(key: string, values: object = {}): ReactNode {
    const message = messages[room]?.[key];
    if (message === undefined) {
      globalThis.reportError?.(new Error(`The text ${room}.${key} is not here`));
      return key;
    }
    const parts = format<ReactNode>(message, locale, values as never, { formatters, timeZone: 'UTC' });
    return Array.isArray(parts) ? createElement(Fragment, null, ...parts) : (parts as ReactNode);
  }
  return Object.assign(told, { rich: told }) as TextsOf<Name>;
}
