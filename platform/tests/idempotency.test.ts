import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIdempotent } from '../src/database/idempotency.ts';
import { uuidv7 } from '../src/ids.ts';
import { type ScratchDatabase, scratchDatabase } from './events/scratch-database.ts';

describe('once', () => {
  let db: ScratchDatabase;
  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterAll(() => db.drop());

  let made = 0;
  const make = async () => {
    made += 1;
    return uuidv7();
  };
  const call = (key: string | null, viewerId: string, operation = 'createPost') =>
    db.transaction((tx) => runIdempotent(tx, { viewerId, operation, key }, make));

  it('gives the same result to the same viewer, operation and key, and makes it once', async () => {
    const [viewer, other] = [uuidv7(), uuidv7()];
    made = 0;
    const first = await call('a', viewer);
    expect(await call('a', viewer)).toBe(first);
    expect(made).toBe(1);
    const different = [
      await call('b', viewer),
      await call('a', other),
      await call('a', viewer, 'sendMessage'),
    ];
    expect(new Set([first, ...different]).size).toBe(4);
  });

  it('makes it once when twenty ask at the same time', async () => {
    made = 0;
    const viewer = uuidv7();
    const results = await Promise.all(Array.from({ length: 20 }, () => call('same', viewer)));
    expect(new Set(results).size).toBe(1);
    expect(made).toBe(1);
  });

  it('makes it every time without a key', async () => {
    const viewer = uuidv7();
    expect(await call(null, viewer)).not.toBe(await call(null, viewer));
  });

  it('makes it after one that failed, and again after 24 hours', async () => {
    const viewer = uuidv7();
    const failing = db.transaction((tx) =>
      runIdempotent(tx, { viewerId: viewer, operation: 'createPost', key: 'k' }, async () => {
        throw new Error('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    const first = await call('k', viewer);
    await db.pool.query(
      "UPDATE idempotency SET created_at = now() - interval '25 hours' WHERE viewer_id = $1",
      [viewer],
    );
    const second = await call('k', viewer);
    expect(second).not.toBe(first);
    expect(await call('k', viewer)).toBe(second);
  });

  it.each(['', 'x'.repeat(201), '\u0000', '\ud800', 'a\ud801'])('refuses the key %j', async (key) => {
    await expect(call(key, uuidv7())).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});
