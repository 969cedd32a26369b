import type pg from 'pg';
import type { Tx } from '../../src/database/database.ts';

/** A client that has nothing but raw SQL: what is tested here needs no more of Prisma's. */
export type RawClient = Record<never, never>;

/** Commits what `work` did, or rolls it back when that throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx<RawClient>) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const run = (parts: TemplateStringsArray, values: unknown[]) =>
    client.query(
      parts.reduce((text, part, index) => `${text}$${index}${part}`),
      values,
    );
  const raw = {
    $executeRaw: async (parts: TemplateStringsArray, ...values: unknown[]) =>
      (await run(parts, values)).rowCount ?? 0,
    $queryRaw: async (parts: TemplateStringsArray, ...values: unknown[]) => (await run(parts, values)).rows,
  };
  try {
    await client.query('BEGIN');
    // The mark of a transaction exists for the compiler alone.
    const result = await work(raw as unknown as Tx<RawClient>);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
