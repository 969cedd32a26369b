import type { RawSql } from '../../src/database/sql-text.ts';

/** The effect of a fact: its row counts how often it was had. */
export const addOne = async (tx: RawSql, ownerId: string): Promise<number> =>
  tx.$executeRaw`
    INSERT INTO counter (id, count) VALUES (${ownerId}::uuid, 1)
    ON CONFLICT (id) DO UPDATE SET count = counter.count + 1`;
