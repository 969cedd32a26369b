import type pg from 'pg';
import { startSweep } from '../lifecycle/sweep.ts';
import type { Logger } from '../log.ts';

const hourMs = 3_600_000;
const batchSize = 1_000;
const batchesPerRun = 200;

/** How long a table's rows are kept. An event is never delivered again that long after it was applied. */
const kept = [
  { table: 'inbox', column: 'received_at', age: '8 days' },
  { table: 'idempotency', column: 'created_at', age: '24 hours' },
] as const;

/** Deletes old rows of the inbox and of idempotency keys, every hour, a thousand at a time. `stop` ends it. */
export function startPurge(options: { db: { pool: pg.Pool }; log: Logger }): { stop(): Promise<void> } {
  const { db, log } = options;
  return startSweep({ name: 'old rows', everyMs: hourMs, log, turn: (signal) => purge(db.pool, signal) });
}

/** Deletes once what is too old; gives the number of rows. Ends early when the signal aborts. */
export async function purge(pool: pg.Pool, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (const { table, column, age } of kept) {
    for (let batch = 0; batch < batchesPerRun && !signal?.aborted; batch += 1) {
      const { rowCount } = await pool.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table} WHERE ${column} < now() - interval '${age}' LIMIT ${batchSize}))`,
      );
      total += rowCount ?? 0;
      if ((rowCount ?? 0) < batchSize) break;
    }
  }
  return total;
}
