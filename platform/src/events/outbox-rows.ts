import type pg from 'pg';
import { createStatementNames } from '../database/prepared-sql.ts';
import { withDeadline } from '../deadline.ts';
import type { OutboxEventRow } from './envelope.ts';

/** So many rows are read at a time. */
export const batchSize = 200;
const queryTimeoutMs = 15_000;

export interface OutboxRow extends OutboxEventRow {
  /** `signals` has its topics in the payload. */
  kind: 'event' | 'signal' | 'signals';
  /** More than a minute old when it was read, by the database's clock: a signal is worth nothing any more. */
  isOld: boolean;
}

const isOld = `created_at < now() - interval '1 minute' AS "isOld"`;

/** Deletes what was `sent` and reads what is not in hand: `outbox.id`, since a bare `id` would sort by the text that is selected. */
export async function listOutbox(
  client: pg.PoolClient,
  inHand: string[],
  sent: string[],
): Promise<OutboxRow[]> {
  const { rows } = await query<OutboxRow>(
    client,
    `WITH sent AS (DELETE FROM outbox WHERE id = ANY($2::bigint[]))
     SELECT id::text, kind, name, aggregate, event_id AS "eventId", payload, request_id AS "requestId",
            traceparent, created_at AS "createdAt", ${isOld}
     FROM outbox WHERE dead_at IS NULL AND id <> ALL($1::bigint[]) ORDER BY outbox.id LIMIT ${batchSize}`,
    [inHand, sent],
  );
  return rows;
}

/** How much of an outbox is looked at for signals, from its end: what they are worth goes by the second. */
const newest = 1_000;

/** The signals among the newest rows that are not in hand, in their order, however many events wait before them. */
export async function listNewestSignals(client: pg.PoolClient, inHand: string[]): Promise<OutboxRow[]> {
  const { rows } = await query<OutboxRow>(
    client,
    `SELECT id::text, kind, name, aggregate, event_id AS "eventId", payload, request_id AS "requestId",
            created_at AS "createdAt", ${isOld}
     FROM (SELECT * FROM outbox WHERE dead_at IS NULL ORDER BY outbox.id DESC LIMIT ${newest}) AS newest
     WHERE kind <> 'event' AND id <> ALL($1::bigint[]) ORDER BY newest.id`,
    [inHand],
  );
  return rows;
}

/** Deletes what was sent and marks what is dead, with the reason. */
export async function settleOutbox(
  client: pg.PoolClient,
  sent: readonly string[],
  dead: readonly { id: string; error?: string }[],
): Promise<void> {
  if (sent.length > 0) await query(client, 'DELETE FROM outbox WHERE id = ANY($1::bigint[])', [sent]);
  if (dead.length > 0) {
    await query(
      client,
      `UPDATE outbox SET dead_at = now(), attempts = attempts + 1, last_error = verdict.error
       FROM unnest($1::bigint[], $2::text[]) AS verdict(id, error) WHERE outbox.id = verdict.id`,
      [dead.map(({ id }) => id), dead.map(({ error }) => error)],
    );
  }
}

const { nameOf } = createStatementNames();

/** What the relay asks: the answer is waited for for so long. */
export function query<R extends pg.QueryResultRow>(
  client: pg.PoolClient,
  text: string,
  values: unknown[] = [],
) {
  const late = () => new Error('the database did not answer the relay in time');
  const name = values.length > 0 ? nameOf(text) : undefined;
  return withDeadline(client.query<R>({ text, values, ...(name && { name }) }), queryTimeoutMs, late);
}
