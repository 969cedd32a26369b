import type * as z from 'zod';

/**
 * One live topic: its name on the wire and what is told on it, typed and parsed at both ends as events are. Nothing that is told is
 * kept, so that a topic has no version: who does not understand a payload looks for itself, as after a signal that was lost.
 */
export interface Topic<Payload = undefined> {
  readonly name: string;
  /** Throws a ZodError when this is no payload of the topic. */
  readonly parse: (payload: unknown) => Payload;
}

/** A topic on which something is told to everybody. */
export function defineSignal<const Schema extends z.ZodType>(
  name: string,
  payload: Schema,
): Topic<z.infer<Schema>> {
  return { name, parse: (given) => payload.parse(given) };
}

/** Topics of one kind, one for each key: a conversation, a person. Processes in which nobody listens to that one hear nothing. */
export function defineSignals<const Schema extends z.ZodType>(
  name: string,
  payload: Schema,
): (key: string) => Topic<z.infer<Schema>> {
  const parse = (given: unknown) => payload.parse(given);
  return (key) => ({ name: `${name}.${key}`, parse });
}

/** The same without a payload: whoever listens reads what there is. */
export function defineWakeUps(name: string): (key: string) => Topic {
  return (key) => ({ name: `${name}.${key}`, parse: () => undefined });
}
