import type * as z from 'zod';
import type { ServiceName } from './services.ts';

/**
 * One kind of fact that one service publishes: its name on the wire, its version and the shape of its data.
 * `aggregate` names the thing whose events must stay in order (usually an id out of the data).
 */
export interface EventContract<Data = unknown, Name extends string = string> {
  readonly name: Name;
  readonly version: number;
  /** The first of several stands for them where one is needed. */
  readonly producer: ServiceName | readonly [ServiceName, ...ServiceName[]];
  readonly schema: z.ZodType<Data>;
  readonly aggregate: (data: Data) => string;
  readonly earlier?: EarlierVersion<Data>;
}

/** The version before, and how what it says is said now. */
export interface EarlierVersion<Data> {
  // biome-ignore lint/suspicious/noExplicitAny: whatever data that version has
  readonly contract: EventContract<any>;
  // biome-ignore lint/suspicious/noExplicitAny: of that contract, which `upcasting` holds it to
  readonly upcast: (data: any) => Data;
}

/** Names the version before and what makes its data that of the new one. */
export const upcasting = <Old, Data>(
  contract: EventContract<Old>,
  upcast: (data: Old) => Data,
): EarlierVersion<Data> => ({ contract, upcast });

/** Defines an event once for both ends: it types `publish` and `consumer` and is parsed on either side. */
export function defineEvent<const Name extends string, Schema extends z.ZodObject>(definition: {
  name: Name;
  version: number;
  producer: ServiceName | readonly [ServiceName, ...ServiceName[]];
  data: Schema;
  aggregate: (data: z.infer<Schema>) => string;
  /** Consumers read both; once all do, the producer publishes this one alone. */
  earlier?: EarlierVersion<z.infer<Schema>>;
}): EventContract<z.infer<Schema>, Name> {
  const { data, ...rest } = definition;
  return { ...rest, schema: data as unknown as z.ZodType<z.infer<Schema>> };
}
