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
}

/** Defines an event once for both ends: it types `publish` and `consumer` and is parsed on either side. */
export function defineEvent<const Name extends string, Schema extends z.ZodObject>(definition: {
  name: Name;
  version: number;
  producer: ServiceName | readonly [ServiceName, ...ServiceName[]];
  data: Schema;
  aggregate: (data: z.infer<Schema>) => string;
}): EventContract<z.infer<Schema>, Name> {
  const { data, ...rest } = definition;
  return { ...rest, schema: data as unknown as z.ZodType<z.infer<Schema>> };
}
