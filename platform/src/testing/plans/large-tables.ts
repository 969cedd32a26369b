import type pg from 'pg';
import { until } from '../until.ts';

/** The columns of a table's n-th row, each as an SQL expression in `n`. Columns that are left out have their defaults. */
export type Row = Record<string, string>;

/**
 * The id of some person or thing, of the first 10,000 in the first 10,000 rows: those are the same however many follow, which
 * are about 20,000 others.
 */
export const someId = (n = 'n'): string =>
  `nth(CASE WHEN n <= 10000 THEN 100 + (${n}) * 7919 % 9900 ELSE 10000 + (${n}) * 7919 % 20000 END)`;

/** Two ids of people between whom something is, each with fifty others; no pair comes twice. */
export const somePair = {
  one: `nth(100 + n / 50)`,
  other: `nth(CASE WHEN n <= 10000 THEN 100 ELSE 10000 END + n * 31 % 9900)`,
};

/** The id of the n-th thing of whichever kind, which SQL has as `nth(n)`. Like those of version 7 they grow. */
export const nth = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const nthFunction = `CREATE FUNCTION nth(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** Tables that a test fills with rows by the million. */
export interface LargeTables {
  /** Adds rows until each table has `count`. */
  grow(count: number): Promise<void>;
  /** As long as nobody has looked at the tables: PostgreSQL has no statistics of them. */
  forgetStatistics(): Promise<void>;
  analyze(): Promise<void>;
  /** Those that no statement has looked into, foreign keys' included; once all others have left the database. */
  unreadIndexes(): Promise<string[]>;
}

/** Makes the tables of a database ready: they are not logged, and nobody else keeps their statistics. */
export async function largeTables(client: pg.Client, tables: Record<string, Row>): Promise<LargeTables> {
  await client.query(nthFunction);
  await client.query(`SET maintenance_work_mem = '256MB'; SET session_replication_role = replica`);
  await makeUnlogged(client);
  for (const table of Object.keys(tables))
    await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
  const names = Object.keys(tables);
  let has = 0;
  return {
    async grow(count) {
      const indexes = await dropIndexes(client, names);
      for (const [table, row] of Object.entries(tables)) {
        const columns = Object.keys(row);
        await client.query(`INSERT INTO ${table} (${columns.map((one) => `"${one}"`).join()})
          SELECT ${columns.map((one) => row[one]).join()} FROM generate_series(${has + 1}::bigint, ${count}) AS n`);
      }
      for (const index of indexes) await client.query(index);
      has = count;
    },
    async forgetStatistics() {
      await client.query(
        `WITH gone AS (DELETE FROM pg_statistic WHERE starelid = ANY ($1::regclass[]))
         UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = ANY ($1::regclass[])
           OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY ($1::regclass[]))`,
        [names],
      );
    },
    async analyze() {
      await client.query(`ANALYZE ${names.join()}`);
    },
    async unreadIndexes() {
      await until(async () => (await client.query(others)).rows[0].count === 0, {
        what: 'the others to leave the database',
      });
      const { rows } = await client.query<{ name: string }>(
        `SELECT indexrelname AS name FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)
         WHERE idx_scan = 0 AND relid = ANY ($1::regclass[]) AND NOT indisunique`,
        [names],
      );
      return rows.map(({ name }) => name);
    },
  };
}

/** What they have read is counted when they leave. */
const others = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'`;

/** Tables that refer to others come first: a logged one may not refer to one that is not. */
async function makeUnlogged(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT oid::regclass::text AS name FROM pg_class one
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relpersistence = 'p' AND NOT EXISTS (
         SELECT FROM pg_constraint c JOIN pg_class other ON other.oid = c.conrelid
         WHERE c.confrelid = one.oid AND c.conrelid <> one.oid AND other.relpersistence = 'p')`,
    );
    if (rows.length === 0) return;
    for (const { name } of rows) await client.query(`ALTER TABLE ${name} SET UNLOGGED`);
  }
}

/** Drops those indexes that are no constraint's; gives what makes them again. */
async function dropIndexes(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = ANY ($1::regclass[]) AND NOT EXISTS (
       SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))`,
    [tables],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
