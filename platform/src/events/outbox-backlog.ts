import type pg from 'pg';
import { serviceGauges } from '../metrics/service-gauges.ts';

/** As many rows are looked at, so that looking costs the same however many there are. */
const mostCounted = 1_000;

/** What of a service's outbox has not been sent. */
export interface OutboxBacklog {
  waiting: number;
  oldest_seconds: number;
  dead: number;
}

export const watchOutbox = serviceGauges<keyof OutboxBacklog>('outbox', {
  waiting: 'Events and signals that wait for the broker, of the first 1,000 rows of the outbox.',
  oldest_seconds: 'How long the oldest of those has waited.',
  dead: 'Events that no attempt could apply, of the first 1,000 rows of the outbox.',
});

export async function findOutboxBacklog(client: Pick<pg.ClientBase, 'query'>): Promise<OutboxBacklog> {
  const { rows } = await client.query<OutboxBacklog>(
    `SELECT count(*) FILTER (WHERE dead_at IS NULL)::int AS waiting,
       coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE dead_at IS NULL)), 0)::float8 AS oldest_seconds,
       count(dead_at)::int AS dead
     FROM (SELECT dead_at, created_at FROM outbox ORDER BY id LIMIT $1) AS first`,
    [mostCounted],
  );
  return rows[0] ?? { waiting: 0, oldest_seconds: 0, dead: 0 };
}
