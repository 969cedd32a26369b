import type pg from 'pg';
import { withDeadline } from '../deadline.ts';
import { TransactionTimeout } from './database-errors.ts';
import type { LendingPool, LentConnection } from './lending-pool.ts';
import { createRawSql, type StatementNames } from './prepared-sql.ts';
import type { RawSql } from './sql-text.ts';

/** What is called of a generated Prisma client. */
export interface TransactionalClient {
  $transaction(
    // biome-ignore lint/suspicious/noExplicitAny: each generated client has its own type of transaction
    work: (tx: any) => Promise<unknown>,
    options?: { maxWait?: number; timeout?: number },
  ): Promise<unknown>;
  $disconnect(): Promise<void>;
}

const longestMs = 10_000;
/** Ours ends a transaction first: nothing runs on its connection after that. */
const prismaLongestMs = longestMs + 5_000;

/** Prisma's part in a transaction that was begun without it. */
interface Joined {
  tx: Promise<object>;
  end(error?: unknown): Promise<unknown>;
}

/**
 * Runs `work` in a transaction, READ COMMITTED, of 10 seconds at most. SQL in templates goes straight to the connection;
 * Prisma's client joins when one of its models is used, and not before: it would cost more than what it is joined for. What is
 * asked for after the end is refused with TransactionTimeout. Throws what `work` throws, nothing of it being kept then.
 */
export async function runTransaction<Result>(
  { pool, client, names }: Transactions,
  work: (tx: object) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.connect();
  // What breaks is told by the statement that meets it.
  const ignore = () => undefined;
  connection.on('error', ignore);
  let isOver = false;
  let joined: Joined | undefined;
  let isBroken = false;
  const raw = createRawSql(() => {
    if (isOver) throw new TransactionTimeout('the transaction is over');
    return connection;
  }, names);
  const join = () => {
    if (isOver) throw new TransactionTimeout('the transaction is over');
    joined ??= joinTransaction(pool, client, connection);
    return joined.tx;
  };
  const rollBack = async (error: unknown) => {
    if (error instanceof TransactionTimeout) {
      // A statement may hold it for as long again. PostgreSQL undoes it when that ends, and nobody waits for the connection.
      isBroken = true;
      joined?.end(error).catch(ignore);
      return;
    }
    try {
      await joined?.end(error).catch(ignore);
      // Prisma may have failed to join: what was begun here is ended here, however it ended there.
      await connection.query('ROLLBACK');
    } catch {
      isBroken = true;
    }
  };
  try {
    await connection.query('BEGIN');
    const late = () => new TransactionTimeout(`the transaction took more than ${longestMs} ms`);
    const result = await withDeadline(work(transactionOf(raw, join)), longestMs, late);
    isOver = true;
    if (joined) await joined.end();
    else await connection.query('COMMIT');
    return result;
  } catch (error) {
    isOver = true;
    await rollBack(error);
    throw error;
  } finally {
    connection.off('error', ignore);
    connection.release(isBroken);
  }
}

export interface Transactions {
  pool: LendingPool;
  client: TransactionalClient;
  names: StatementNames;
}

/** Has Prisma begin a transaction on a connection that has one: it is the same. */
function joinTransaction(pool: LendingPool, client: TransactionalClient, connection: pg.PoolClient): Joined {
  const begun = Promise.withResolvers<object>();
  const work = Promise.withResolvers<void>();
  const query = (statement: unknown, ...others: unknown[]) =>
    isBegin(statement) ? Promise.resolve(nothing) : run(statement, ...others);
  const run = connection.query.bind(connection) as (...args: unknown[]) => unknown;
  const lent = {
    query,
    on: connection.on.bind(connection),
    removeListener: connection.removeListener.bind(connection),
    release: () => undefined,
  } as unknown as LentConnection;
  const ended = pool.lent.run(lent, () =>
    client.$transaction(
      async (tx: object) => {
        begun.resolve(tx);
        await work.promise;
      },
      { timeout: prismaLongestMs },
    ),
  );
  ended.catch(begun.reject);
  // Whoever asked for a model meets it.
  begun.promise.catch(() => undefined);
  // Where Prisma has failed to begin, nobody waits for this.
  work.promise.catch(() => undefined);
  return {
    tx: begun.promise,
    end(error) {
      if (error === undefined) work.resolve();
      else work.reject(error);
      return ended;
    },
  };
}

const nothing = { rows: [], fields: [], rowCount: 0 };

const isBegin = (statement: unknown) =>
  typeof statement === 'object' && statement !== null && 'text' in statement && statement.text === 'BEGIN';

/** SQL in templates by `raw`, models by the transaction that `join` gives. */
function transactionOf(raw: RawSql, join: () => Promise<object>): object {
  const models = new Map<PropertyKey, object>();
  const modelOf = (model: PropertyKey) =>
    new Proxy(
      {},
      {
        get: (_, method) =>
          method === 'then'
            ? undefined
            : async (...args: unknown[]) => {
                const tx = (await join()) as Record<PropertyKey, Record<PropertyKey, CallableFunction>>;
                return tx[model]?.[method]?.(...args);
              },
      },
    );
  return new Proxy(raw, {
    get(target, key) {
      if (key in target) return target[key as keyof RawSql];
      if (typeof key === 'symbol' || key === 'then') return undefined;
      const known = models.get(key) ?? modelOf(key);
      models.set(key, known);
      return known;
    },
  });
}
