import type pg from 'pg';
import { serviceGauges } from '../metrics/service-gauges.ts';

/** What PostgreSQL counts of one database; the totals grow until its statistics are reset. */
export interface DatabaseLoad {
  sessions: number;
  most_sessions: number;
  size_bytes: number;
  commits: number;
  rollbacks: number;
  blocks_read: number;
  blocks_hit: number;
  deadlocks: number;
  temporary_bytes: number;
  longest_transaction_seconds: number;
}

export const watchDatabaseLoad = serviceGauges<keyof DatabaseLoad>('database', {
  sessions: 'Sessions of all processes in the database of a service.',
  most_sessions: 'Sessions that the whole instance takes, of all databases.',
  size_bytes: 'What the database has on disk.',
  commits: 'Transactions that were committed, since the statistics began.',
  rollbacks: 'Transactions that were rolled back, since the statistics began.',
  blocks_read: 'Blocks that were not in the cache of PostgreSQL, since the statistics began.',
  blocks_hit: 'Blocks that were, since the statistics began.',
  deadlocks: 'Deadlocks, since the statistics began.',
  temporary_bytes: 'What sorts and joins wrote to disk, since the statistics began.',
  longest_transaction_seconds: 'How long the oldest open transaction of the service has been open.',
});

export async function findDatabaseLoad(pool: Pick<pg.Pool, 'query'>): Promise<DatabaseLoad> {
  const { rows } = await pool.query<DatabaseLoad>(
    `SELECT numbackends AS sessions, current_setting('max_connections')::int AS most_sessions,
       pg_database_size(datid)::float8 AS size_bytes, xact_commit::float8 AS commits, xact_rollback::float8 AS rollbacks,
       blks_read::float8 AS blocks_read, blks_hit::float8 AS blocks_hit, deadlocks::float8 AS deadlocks,
       temp_bytes::float8 AS temporary_bytes,
       (SELECT coalesce(extract(epoch FROM now() - min(xact_start)), 0)::float8 FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()) AS longest_transaction_seconds
     FROM pg_stat_database WHERE datname = current_database()`,
  );
  const [load] = rows;
  if (!load) throw new Error('PostgreSQL counts nothing of this database');
  return load;
}
