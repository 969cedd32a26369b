import { randomBytes } from 'node:crypto';
// biome-ignore lint/style/noRestrictedImports: a server for these tests alone; the platform itself needs none
import { startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import pg from 'pg';
import { inject } from 'vitest';
import type { Tx } from '../../src/database/database.ts';
import { inTransaction, type RawClient } from './raw-transaction.ts';

/** The platform's tables as every schema.prisma has them, and one of a domain to see effects in. */
const tables = `
  CREATE TABLE outbox (
    id bigserial PRIMARY KEY, kind text NOT NULL, name text NOT NULL, aggregate text NOT NULL,
    event_id uuid NOT NULL, payload jsonb NOT NULL, request_id text, traceparent text,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    attempts int NOT NULL DEFAULT 0, last_error text, dead_at timestamptz(3));
  CREATE TABLE inbox (
    consumer text NOT NULL, event_id uuid NOT NULL,
    received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (consumer, event_id));
  CREATE TABLE idempotency (
    viewer_id uuid NOT NULL, operation text NOT NULL, key text NOT NULL, result_id uuid,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (viewer_id, operation, key));
  CREATE TABLE task (
    id uuid PRIMARY KEY, kind text NOT NULL, subject text NOT NULL, payload jsonb, progress jsonb,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    due_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, lease_id uuid, failures int NOT NULL DEFAULT 0,
    owner text, turn_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (kind, subject));
  CREATE TABLE counter (id uuid PRIMARY KEY, count int NOT NULL);
  CREATE TABLE entry (seq bigint PRIMARY KEY);`;

export type { RawClient };

export interface ScratchDatabase {
  url: string;
  pool: pg.Pool;
  transaction<T>(work: (tx: Tx<RawClient>) => Promise<T>): Promise<T>;
  count(sql: string): Promise<number>;
  drop(): Promise<void>;
}

/** Creates a database of its own for a test file, on the run's server or, without one, on a server of its own. */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  const given = inject('databaseUrl') as string | undefined;
  const server = given ? { url: given, stop: async () => {} } : await startTemporaryPostgres();
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  await execute(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await execute(url.href, tables);
  const pool = new pg.Pool({ connectionString: url.href, max: 20 });
  pool.on('error', () => {});
  return {
    url: url.href,
    pool,
    transaction: (work) => inTransaction(pool, work),
    async count(sql) {
      const { rows } = await pool.query<{ count: string }>(sql);
      return Number(rows[0]?.count);
    },
    async drop() {
      await pool.end();
      await execute(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
