import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Reader } from '../client.ts';

/** So many times in so many seconds, from the first time on. */
export interface Limit {
  points: number;
  seconds: number;
}

/** The counts of one limit, shared by all instances. Keys are stored hashed: people mistype passwords into names. */
export interface Counter {
  /** Milliseconds until the key may go on; null when it may now. */
  wait(key: string): Promise<number | null>;
  /** Counts once, and gives the same. */
  count(key: string): Promise<number | null>;
  /** Forgets what was counted, unless the key has to wait: gives the same. */
  pass(key: string): Promise<number | null>;
  forget(key: string): Promise<void>;
}

export function createCounter(pool: Pool, name: string, { points, seconds }: Limit): Counter {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    // Migrations make the table and the purge clears it.
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
  });
  const keyOf = (key: string) => createHash('sha256').update(key).digest('base64url');
  const msToWait = (found: RateLimiterRes | null) =>
    found && found.consumedPoints >= points ? found.msBeforeNext : null;
  return {
    wait: async (key) => msToWait(await limiter.get(keyOf(key))),
    async count(key) {
      try {
        await limiter.consume(keyOf(key));
        return null;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
        throw refusal;
      }
    },
    async pass(key) {
      const found = await limiter.get(keyOf(key));
      const ms = msToWait(found);
      if (found && ms === null) await limiter.delete(keyOf(key));
      return ms;
    },
    async forget(key) {
      await limiter.delete(keyOf(key));
    },
  };
}

/** Removes at most `limit` counts whose time is over; gives how many. */
export async function deleteOldCounts(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM rate_limit WHERE key IN (
      SELECT key FROM rate_limit WHERE expire < (extract(epoch FROM now()) * 1000)::bigint ORDER BY expire LIMIT ${limit})`;
}
