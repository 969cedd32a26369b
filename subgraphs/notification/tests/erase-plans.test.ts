import { uuidv7 } from '@socialhub/platform/ids';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { explained } from '@socialhub/platform/testing/explained';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Tx } from '../src/store/client.ts';
import { eraseBlocks } from '../src/store/erase.ts';

test('erasing a person’s blocks does not look at those of everybody', async () => {
  const database = await cloneDatabase('notification');
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  try {
    await pool.query(
      `INSERT INTO blocks (blocker_id, blocked_id, active, sequence)
       SELECT gen_random_uuid(), gen_random_uuid(), true, 1 FROM generate_series(1, 20000)`,
    );
    await pool.query('ANALYZE blocks');
    const { reader, take } = explained(pool);
    // The statement needs nothing of a transaction but its raw SQL.
    expect(await eraseBlocks(reader as Tx, uuidv7(), 200)).toBe(0);
    const { buffers, plan } = take();
    expect(buffers, plan).toBeLessThan(40);
  } finally {
    await pool.end();
    await database.drop();
  }
});
