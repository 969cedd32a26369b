import pg from 'pg';

/** What one operation costs, all that follows from it included. */
export interface Cost {
  /** Of the databases: what reads and writes rows, the outbox's delivery and what runs by the clock left out. */
  statements: number;
  /** Rows that they gave or changed. */
  rows: number;
  /** Of the gateway to subgraphs. */
  requests: number;
}

/** Reads what has been spent so far. */
export interface Meter {
  read(): Promise<Cost>;
  stop(): Promise<void>;
}

// Rounds of the clock, and deliveries, which take more or fewer rows at a time as it happens.
const leftOut = [
  'pg_stat_statements',
  'FROM outbox',
  'pg_try_advisory_lock',
  '\\mtask\\M',
  '\\mmail\\M',
  '^\\s*select \\$?1\\s*$',
].join('|');

/** Counts with PostgreSQL's own statistics, and with the gateway's metrics. */
export async function createMeter(databaseUrl: string, metricsPort: number): Promise<Meter> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  return {
    async read() {
      const { rows } = await database.query<{ calls: string; rows: string }>(
        `SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(rows), 0) AS rows FROM pg_stat_statements
         WHERE toplevel AND query ~* '^\\s*(select|with|insert|update|delete)' AND query !~* $1`,
        [leftOut],
      );
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const counts = metrics.matchAll(/^gateway_subgraph_fetch_seconds_count\{.*\} (\d+)$/gm);
      return {
        statements: Number(rows[0]?.calls),
        rows: Number(rows[0]?.rows),
        requests: [...counts].reduce((sum, [, count]) => sum + Number(count), 0),
      };
    },
    stop: () => database.end(),
  };
}
