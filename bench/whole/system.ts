import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import pg from 'pg';
import { startAnywhere, usageByProgram } from '../measure/processes.ts';

/** How all services run: in one process, each in its own with RabbitMQ, or in one with RabbitMQ. */
export type LayoutName = 'one process' | 'processes' | 'RabbitMQ';

const flagsOf: Record<LayoutName, string[]> = {
  'one process': [],
  processes: ['--processes'],
  RabbitMQ: ['--rabbitmq'],
};

/** What has been spent since the system came up. */
export interface Spent {
  /** Of all Node processes but the load's. */
  nodeSeconds: number;
  postgresSeconds: number;
  /** Statements that read or write rows, those of the outbox and of transactions' ends left out; undefined: not counted. */
  statements: number;
  /** The gateway's fetches from subgraphs; the requests in which it sent them, and the bytes answered: NaN of a release that does not tell. */
  fetches: number;
  requests: number;
  bytes: number;
  rssBytes: number;
}

/** A whole SocialHub, as `npm start -- --no-web` brings it up, on a PostgreSQL of its own. */
export interface WholeSystem {
  url: string;
  /** On the server's database `postgres`, as its owner. */
  databaseUrl: string;
  spent(): Promise<Spent>;
  stop(): Promise<void>;
}

const startWithinMs = 120_000;
const here = fileURLToPath(new URL('../..', import.meta.url));
/** The load's own bounds would be measured otherwise. */
const unbounded = {
  REGISTRATIONS_PER_ADDRESS: '1000000',
  COST_PER_MINUTE: '0',
  REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
  REQUESTS_PER_MINUTE_PER_VIEWER: '0',
  NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0',
  NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0',
  CONNECTIONS_PER_ADDRESS: '10000',
  SOCKETS_PER_ADDRESS: '10000',
};

/** Starts the system of a checkout, this one by default. */
export async function startWhole(layout: LayoutName, checkout = here): Promise<WholeSystem> {
  const closing = new AsyncDisposableStack();
  try {
    const postgres = await startTemporaryPostgres();
    closing.defer(() => postgres.stop());
    const home = mkdtempSync(join(tmpdir(), 'socialhub-bench-home-'));
    closing.defer(() => rmSync(home, { recursive: true, force: true }));
    const database = new pg.Client({ connectionString: postgres.url });
    await database.connect();
    closing.defer(() => database.end());
    await database.query('CREATE EXTENSION pg_stat_statements');
    const [port, metricsPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${port}`;
    const command = [
      process.execPath,
      join(resolve(checkout), 'infra/local/src/start.ts'),
      '--no-web',
      '--no-demo',
      ...flagsOf[layout],
    ];
    const started = startAnywhere(command, {
      folder: resolve(checkout),
      env: {
        ...unbounded,
        GATEWAY_PORT: String(port),
        METRICS_PORT: String(metricsPort),
        SOCIALHUB_HOME: home,
        DATABASE_URL: postgres.url,
        LOG_LEVEL: 'warn',
      },
    });
    closing.defer(() => started.stop());
    await ready(url, started);
    return {
      url,
      databaseUrl: postgres.url,
      async spent() {
        const { rows } = await database.query(countStatements);
        const usage = usageByProgram(started.pid);
        const { cpuSeconds = 0, rssBytes = 0 } = usage.get('node') ?? {};
        return {
          nodeSeconds: cpuSeconds,
          postgresSeconds: postgresSeconds(usageByProgram(process.pid)),
          statements: Number(rows[0].calls),
          ...(await fetchesOf(metricsPort)),
          rssBytes,
        };
      },
      stop: () => closing.disposeAsync(),
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

const countStatements = `
  SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements
  WHERE toplevel AND query ~* '^\\s*(select|with|insert|update|delete)'
    AND query !~* 'pg_stat_statements|^\\s*select \\$?1\\s*$|pg_try_advisory_lock'`;

const postgresSeconds = (usage: ReturnType<typeof usageByProgram>) => usage.get('postgres')?.cpuSeconds ?? 0;

async function fetchesOf(metricsPort: number) {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const total = (name: string) => {
    const counts = [...text.matchAll(new RegExp(`^gateway_subgraph_${name}\\{.*\\} (\\d+)$`, 'gm'))];
    const isTold = text.includes(`# TYPE gateway_subgraph_${name.replace('_count', '')} `);
    return isTold ? counts.reduce((sum, [, count]) => sum + Number(count), 0) : Number.NaN;
  };
  return {
    fetches: total('fetch_seconds_count'),
    requests: total('requests_total'),
    bytes: total('response_bytes_total'),
  };
}

async function ready(url: string, started: ReturnType<typeof startAnywhere>): Promise<void> {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline && started.isUp()) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    await delay(200);
  }
  throw new Error(`the system does not come up: ${started.output().slice(-1000)}`);
}

/** The version that a checkout names. */
export const versionOf = (checkout: string): string =>
  JSON.parse(readFileSync(join(resolve(checkout), 'package.json'), 'utf8')).version;
