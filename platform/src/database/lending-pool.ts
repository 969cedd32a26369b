import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { latestSecret } from '../latest-secret.ts';
import { isStalePlan } from './database-errors.ts';
import type { StatementNames } from './prepared-sql.ts';

/** As much of a connection as Prisma's adapter wants for a transaction. */
export type LentConnection = Pick<pg.PoolClient, 'query' | 'on' | 'removeListener' | 'release'>;

/**
 * A pool that gives Prisma, where it joins a transaction, the connection that this one has, and that prepares anew what a
 * migration has changed.
 */
export class LendingPool extends pg.Pool {
  readonly lent = new AsyncLocalStorage<LentConnection>();

  constructor(config: pg.PoolConfig, names: StatementNames) {
    super(config);
    const { connectionString = '' } = config;
    // Of each new connection: the password may have changed since the last one.
    Object.defineProperty(this.options, 'connectionString', { get: () => latestSecret(connectionString) });
    // A connection that breaks before whoever was given it listens, in the same turn of the loop, would end the process.
    this.on('connect', (client) => client.on('error', () => undefined));
    const query = this.query.bind(this) as (...args: unknown[]) => Promise<unknown>;
    const again = async (config: pg.QueryConfig, others: unknown[]) => {
      const { generation } = names;
      try {
        return await query(config, ...others);
      } catch (error) {
        if (!isStalePlan(error)) throw error;
        names.renew(generation);
        return query({ ...config, name: names.nameOf(config.text) }, ...others);
      }
    };
    this.query = ((config: string | pg.QueryConfig, ...others: unknown[]) =>
      typeof config === 'object' && config.name
        ? again(config, others)
        : query(config, ...others)) as this['query'];
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void;
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const lent = this.lent.getStore();
    return lent ? Promise.resolve(lent as pg.PoolClient) : super.connect();
  }
}
