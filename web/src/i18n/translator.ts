import { createElement, Fragment, type ReactNode } from 'react';
import type { Room, TextsOf } from './texts.ts';

// As icu-minify compiles them; generate-texts.ts lets no other kinds through.
const count = 0;
const plural = 2;
const number = 4;

/** A text, the count of the choice around it, a value, a choice by its plural, a number, or what is between tags. */
type Node =
  | string
  | typeof count
  | [string]
  | [string, typeof plural, Record<string, Message>]
  | [string, typeof number]
  | [string, ...Node[]];

type Message = string | typeof count | Node[];

type Values = Record<string, unknown>;

/** Compiled texts by room and key, of as many rooms as are here. */
export type Messages = Readonly<Record<string, Readonly<Record<string, Message>>>>;

const rules = new Map<string, Intl.PluralRules>();

function pluralOf(language: string, n: number): string {
  const its = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, its);
  return its.select(n);
}

const isText = (part: unknown) => typeof part === 'string';

/** Gives what gives the texts of a room: what next-intl does on the server, in a third of the bytes. */
export function translator<Name extends Room>(
  language: string,
  messages: Messages,
  room: Name,
): TextsOf<Name> {
  const write = (n: unknown) => (n as number).toLocaleString(language);

  function tell(message: Message, values: Values, n?: unknown): ReactNode {
    if (message === count) return write(n);
    if (isText(message)) return message as string;
    const parts = (message as Node[]).map((node) => {
      if (!Array.isArray(node)) return tell(node, values, n);
      const [name, kind, branches] = node;
      const value = values[name];
      if (node.length === 1) return String(value);
      if (kind === number) return write(value);
      if (kind === plural) {
        const its = branches as Record<string, Message>;
        return tell(
          its[`=${value}`] ?? its[pluralOf(language, value as number)] ?? its.other ?? '',
          values,
          value,
        );
      }
      return (value as (text: ReactNode) => ReactNode)(tell(node.slice(1) as Node[], values, n));
    });
    return parts.every(isText) ? parts.join('') : createElement(Fragment, null, ...parts);
  }

  function told(key: string, values: Values = {}): ReactNode {
    const message = messages[room]?.[key];
    if (message !== undefined) return tell(message, values);
    globalThis.reportError?.(new Error(`The text ${room}.${key} is not here`));
    return key;
  }
  return Object.assign(told, { rich: told }) as unknown as TextsOf<Name>;
}
