import * as z from 'zod';
import type { Json } from '../events/broker.ts';

/** What tasks of a kind are about. */
export interface TaskKind<Payload> {
  readonly kind: string;
  /** Throws a ZodError when the payload breaks the contract. */
  parse(payload: unknown): Payload;
  /** Of a kind there is one task a subject. */
  subjectOf(payload: Payload): string;
  /** What a row says without a payload: one from before there were payloads, or that a migration ordered. */
  fromSubject(subject: string): unknown;
}

type Fields = Record<string, z.ZodType<string | number>>;

/**
 * Defines what tasks of a kind are about. Their subject is the values of these fields, none of which has a space, in their order: as
 * texts they were what tasks had before there were payloads, which are read on, by both versions during an upgrade.
 */
export function defineTask<Shape extends Fields>(
  kind: string,
  shape: Shape,
): TaskKind<z.infer<z.ZodObject<Shape>>> {
  const schema = z.object(shape);
  const names = Object.keys(shape);
  return {
    kind,
    parse: (payload) => schema.parse(payload),
    subjectOf: (payload) => names.map((name) => String((payload as Record<string, Json>)[name])).join(' '),
    fromSubject(subject) {
      const values = subject.split(' ');
      return Object.fromEntries(names.map((name, at) => [name, values[at]]));
    },
  };
}

/** A kind whose tasks are about a text, or about nothing that has to be said. */
export const textTask = (kind: string): TaskKind<string> => ({
  kind,
  parse: String,
  subjectOf: (subject) => subject,
  fromSubject: (subject) => subject,
});
