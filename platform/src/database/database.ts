import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { latestSecret } from '../latest-secret.ts';
import { createFairQueue } from '../limits/fair-queue.ts';
import type { Logger } from '../log.ts';
import { isConcurrencyFailure, isStalePlan } from './database-errors.ts';
import { LendingPool } from './lending-pool.ts';
import { createRawSql, createStatementNames, withRawSql } from './prepared-sql.ts';
import type { RawSql } from './sql-text.ts';
import { runTransaction, type TransactionalClient } from './transaction.ts';

export type { RawSql, TransactionalClient };

declare const insideTransaction: unique symbol;
declare const clientType: unique symbol;

/** The mark of an open transaction: only `Database.transaction` gives it. `publish` and `runIdempotent` demand it. */
export type AnyTx = RawSql & { readonly [insideTransaction]: true };

/** A service's Prisma client inside a transaction. */
export type Tx<Client> = Omit<
  Client,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends' | '$queryRaw' | '$executeRaw'
> &
  AnyTx & {
    /** Never there: from it the compiler tells whose transaction this is. */
    readonly [clientType]?: Client;
  };

/** A service's database: Prisma's client, whose SQL in templates goes to the pool beneath it as prepared statements. */
export interface Database<Client> {
  readonly prisma: Client;
  readonly pool: pg.Pool;
  /** Runs `work` in one transaction (READ COMMITTED, 10 s at most); repeats it after a deadlock or a migration, so it must have no other effect. */
  transaction<T>(work: (tx: Tx<Client>) => Promise<T>): Promise<T>;
  /** Calls `onNotify` on every NOTIFY of the channel, and once after every reconnect since some may have been missed. */
  listen(channel: string, onNotify: () => void): Promise<() => Promise<void>>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const attempts = 4;

const connections = 10;
/**
 * Transactions wait for each other behind locks, with a connection each; without a bound those that want one row have all
 * connections, and whoever only reads waits for one.
 */
const transactions = 7;
const waitMs = 5_000;
/**
 * Each statement of a service reads a few rows by an index: whatever PostgreSQL thinks of a table, of which it may know nothing
 * or what was true a million rows ago, it reads neither all of it
 * nor all of somebody's where the first few will do (docs/decisions/0173).
 */
const planning = [
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_mergejoin=off',
  'random_page_cost=1.1',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Opens a pool of at most ten connections to `url`, as it stands in its file at each; connects on first use. `createClient` is the service's Prisma client. */
export function createDatabase<Client extends TransactionalClient>(
  url: string,
  createClient: (adapter: PrismaPg) => Client,
  log: Logger,
): Database<Client> {
  const names = createStatementNames();
  const settings: pg.PoolConfig = {
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: 10_000,
    // Behind a lock one waits for others, with a connection: not for long.
    lock_timeout: 4_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    options: planning,
  };
  const pool = new LendingPool(settings, names);
  // An idle connection that breaks is replaced on next use; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'));
  const client = createClient(
    new PrismaPg(pool, { statementNameGenerator: ({ sql }) => names.nameOf(sql) ?? '' }),
  );
  const prisma = withRawSql(
    client,
    createRawSql(() => pool, names),
  );
  const listeners = new Set<() => Promise<void>>();
  const line = createFairQueue({
    name: 'transactions',
    atOnce: transactions,
    // Nobody's in particular: whoever comes too late is so because of everybody.
    atOncePerOwner: Number.POSITIVE_INFINITY,
    waiting: Number.POSITIVE_INFINITY,
    waitingPerOwner: Number.POSITIVE_INFINITY,
    waitMs,
  });

  return {
    prisma,
    pool,
    async transaction<T>(work: (tx: Tx<Client>) => Promise<T>): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        const { generation } = names;
        try {
          return await line.run('', () =>
            runTransaction({ pool, client, names }, (tx) => work(tx as Tx<Client>)),
          );
        } catch (error) {
          const isStale = isStalePlan(error);
          if (isStale) names.renew(generation);
          if (attempt === attempts || !(isStale || isConcurrencyFailure(error))) throw error;
        }
      }
    },
    async listen(channel, onNotify) {
      const stop = await listenFor(url, channel, onNotify, log);
      listeners.add(stop);
      return async () => {
        listeners.delete(stop);
        await stop();
      };
    },
    async ping() {
      await pool.query('SELECT 1');
    },
    async close() {
      await Promise.all([...listeners].map((stop) => stop()));
      await client.$disconnect();
      await pool.end();
    },
  };
}

async function listenFor(
  url: string,
  channel: string,
  onNotify: () => void,
  log: Logger,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | undefined;
  let retryTimer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const connectionString = latestSecret(url);
    const next = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 });
    next.on('notification', onNotify);
    next.on('error', (error) => log.warn({ err: error, channel }, 'the connection that listens broke'));
    next.on('end', () => {
      if (!stopped && client === next) reconnectSoon();
    });
    await next.connect();
    await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    client = next;
    if (stopped) await next.end();
  };
  const reconnectSoon = () => {
    retryTimer = setTimeout(
      () => {
        connect().then(onNotify, reconnectSoon);
      },
      250 + Math.random() * 750,
    );
  };

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(retryTimer);
    await client?.end();
  };
}
