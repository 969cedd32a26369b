import * as z from 'zod';
import type { EventContract } from '../contracts/contract.ts';
import { type ServiceName, serviceNames } from '../contracts/services.ts';
import { uuidv7 } from '../ids.ts';
import { currentRequestId, currentTraceparent, traceparentPattern } from '../log.ts';

const sourcePrefix = '/socialhub/';

export const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.templateLiteral([sourcePrefix, z.enum(serviceNames)]),
  type: z
    .string()
    .regex(/^[a-z][a-z0-9_]*(\.v\d+)?$/)
    .max(100),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  subject: z.string().min(1).max(500),
  sequence: z.string().regex(/^\d{1,19}$/),
  requestid: z.string().max(100).optional(),
  /** Of the trace that the event is a part of; one that is written otherwise is as good as none. */
  traceparent: z.string().regex(traceparentPattern).optional().catch(undefined),
  dataversion: z.int().positive(),
  data: z.record(z.string(), z.json()),
});

/** An event on its way: CloudEvents 1.0, structured JSON. `subject` is the aggregate, `sequence` the outbox row. */
export type CloudEvent = z.infer<typeof cloudEvent>;

/** What arrived is no event of SocialHub's. Delivering it again would not help. */
export class ForeignEvent extends Error {
  override name = 'ForeignEvent';
}

/** Reads what arrived, a parsed JSON value; throws ForeignEvent when it is not an envelope of ours. */
export function parseEnvelope(value: unknown): CloudEvent {
  const parsed = cloudEvent.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ForeignEvent(`not an event of SocialHub: ${z.prettifyError(parsed.error)}`);
}

/**
 * An event's type on the wire and in the outbox. A version that old consumers cannot read is a type of its own
 * (`post_created.v2`): consumers read both before anybody publishes it.
 */
export function eventType(contract: Pick<EventContract, 'name' | 'version'>): string {
  return contract.version === 1 ? contract.name : `${contract.name}.v${contract.version}`;
}

function versionOf(type: string): number {
  return Number(/\.v(\d+)$/.exec(type)?.[1] ?? 1);
}

/** An outbox row of the kind 'event', as the relay reads it. */
export interface OutboxEventRow {
  id: string;
  name: string;
  aggregate: string;
  eventId: string;
  payload: CloudEvent['data'];
  requestId: string | null;
  traceparent: string | null;
  createdAt: Date;
}

/** Builds the envelope of an outbox row of this service. */
export function envelopeOf(service: ServiceName, row: OutboxEventRow): CloudEvent {
  return {
    specversion: '1.0',
    id: row.eventId,
    source: `${sourcePrefix}${service}`,
    type: row.name,
    time: row.createdAt.toISOString(),
    datacontenttype: 'application/json',
    subject: row.aggregate,
    sequence: row.id,
    ...(row.requestId && { requestid: row.requestId }),
    ...(row.traceparent && { traceparent: row.traceparent }),
    dataversion: versionOf(row.name),
    data: row.payload,
  };
}

/** Makes an event without an outbox, for tests and tools; throws a ZodError when the data breaks the contract. */
export function createEvent<Data>(
  contract: EventContract<Data>,
  data: NoInfer<Data>,
  given: { id?: string; sequence?: bigint | number; time?: Date; requestId?: string } = {},
): CloudEvent {
  const parsed = contract.schema.parse(data);
  const { producer } = contract;
  return envelopeOf(typeof producer === 'string' ? producer : producer[0], {
    id: String(given.sequence ?? 1),
    name: eventType(contract),
    aggregate: contract.aggregate(parsed),
    eventId: given.id ?? uuidv7(),
    payload: parsed as CloudEvent['data'],
    requestId: given.requestId ?? currentRequestId() ?? null,
    traceparent: currentTraceparent() ?? null,
    createdAt: given.time ?? new Date(),
  });
}
