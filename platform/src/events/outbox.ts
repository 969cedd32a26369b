import type { EventContract } from '../contracts/contract.ts';
import type { Topic } from '../contracts/signal.ts';
import type { AnyTx } from '../database/database.ts';
import { uuidv7 } from '../ids.ts';
import { currentRequestId, currentTraceparent } from '../log.ts';
import { eventType } from './envelope.ts';

/** The channel that notifies the relay, when the transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

/**
 * Publishes an event with the transaction: it exists if and only if `tx` commits; the relay sends it then.
 * Throws a ZodError when the data breaks the contract.
 */
export async function publish<Data>(
  tx: AnyTx,
  contract: EventContract<Data>,
  data: NoInfer<Data>,
): Promise<void> {
  const parsed = contract.schema.parse(data);
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO outbox (kind, name, aggregate, event_id, payload, request_id, traceparent)
      VALUES ('event', ${eventType(contract)}, ${contract.aggregate(parsed)}, ${uuidv7()}::uuid,
        ${JSON.stringify(parsed)}::jsonb, ${currentRequestId() ?? null}, ${currentTraceparent() ?? null})
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM written`;
}

/** `publish` of one kind for many things, in one statement: somebody may have written any number of posts. */
export async function publishEach<Data>(
  tx: AnyTx,
  contract: EventContract<Data>,
  all: readonly NoInfer<Data>[],
): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map((data) => {
    const payload = contract.schema.parse(data);
    return { payload, aggregate: contract.aggregate(payload), eventId: uuidv7() };
  });
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO outbox (kind, name, aggregate, event_id, payload, request_id, traceparent)
      SELECT 'event', ${eventType(contract)}, given ->> 'aggregate', (given ->> 'eventId')::uuid, given -> 'payload',
        ${currentRequestId() ?? null}, ${currentTraceparent() ?? null}
      FROM jsonb_array_elements(${JSON.stringify(rows)}::jsonb) AS given
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM (SELECT 1 FROM written LIMIT 1) AS any_of_them`;
}

/**
 * Signals a live topic to whoever listens, in any process, once `tx` has committed. Best effort: those who listen
 * read the log themselves at a signal and from time to time.
 */
export async function signalAfterCommit<Payload>(
  tx: AnyTx,
  topic: Topic<Payload>,
  ...[payload]: Payload extends undefined ? [] : [payload: NoInfer<Payload>]
): Promise<void> {
  const parsed = topic.parse(payload);
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO outbox (kind, name, aggregate, event_id, payload, request_id)
      VALUES ('signal', ${topic.name}, ${topic.name}, ${uuidv7()}::uuid,
        ${JSON.stringify(parsed ?? null)}::jsonb, ${currentRequestId() ?? null})
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM written`;
}

/** `signalAfterCommit` of one topic for many payloads, in one statement: a person may have any number of sessions. */
export async function signalEachAfterCommit<Payload>(
  tx: AnyTx,
  topic: Topic<Payload>,
  payloads: readonly NoInfer<Payload>[],
): Promise<void> {
  if (payloads.length === 0) return;
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO outbox (kind, name, aggregate, event_id, payload, request_id)
      SELECT 'signal', ${topic.name}, ${topic.name}, gen_random_uuid(), payload, ${currentRequestId() ?? null}
      FROM jsonb_array_elements(${JSON.stringify(payloads.map(topic.parse))}::jsonb) AS payload
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM (SELECT 1 FROM written LIMIT 1) AS any_of_them`;
}

/** What one message to the broker names at most. */
const maxTopics = 1_000;

/** `signalAfterCommit` for many topics, without payload: one row for a thousand of them, since a post may concern so many people. */
export async function signalTopicsAfterCommit(tx: AnyTx, topics: readonly Topic[]): Promise<void> {
  if (topics.length === 0) return;
  const messages = Array.from({ length: Math.ceil(topics.length / maxTopics) }, (_, at) =>
    topics.slice(at * maxTopics, (at + 1) * maxTopics).map(({ name }) => name),
  );
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO outbox (kind, name, aggregate, event_id, payload, request_id)
      SELECT 'signals', topics ->> 0, topics ->> 0, gen_random_uuid(), topics, ${currentRequestId() ?? null}
      FROM jsonb_array_elements(${JSON.stringify(messages)}::jsonb) AS topics
      RETURNING id)
    SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM (SELECT 1 FROM written LIMIT 1) AS any_of_them`;
}
