import pg from 'pg';

/** What one operation costs, all that follows from it included. */
export interface Cost {
  /** Of the databases: what reads and writes rows, the outbox's delivery and what runs by the clock left out. */
  statements: number;
  /** Rows that they gave or changed. */
  rows: number;
  /** Operations of the gateway's at subgraphs. */
  fetches: number;
  /** In which they were sent: those of one moment share one. */
  requests: number;
  /** That subgraphs answered. */
  bytes: number;
}

export const costNames = [
  'statements',
  'rows',
  'fetches',
  'requests',
  'bytes',
] as const satisfies (keyof Cost)[];

export function costOf(figure: (name: keyof Cost) => number): Cost {
  return Object.fromEntries(costNames.map((name) => [name, figure(name)])) as unknown as Cost;
}

/** Reads what has been spent so far. */
export interface Meter {
  read(): Promise<Cost>;
  stop(): Promise<void>;
}

// Rounds of the clock, and deliveries, which take more or fewer rows at a time as it happens.
const leftOut = [
  'pg_stat_statements',
  'pg_stat_database',
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
      const total = (name: string) =>
        [...metrics.matchAll(new RegExp(`^gateway_subgraph_${name}\\{.*\\} (\\d+)$`, 'gm'))].reduce(
          (sum, [, count]) => sum + Number(count),
          0,
        );
      return {
        statements: Number(rows[0]?.calls),
        rows: Number(rows[0]?.rows),
        fetches: total('fetch_seconds_count'),
        requests: total('requests_total'),
        bytes: total('response_bytes_total'),
      };
    },
    stop: () => database.end(),
  };
}
