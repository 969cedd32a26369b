import { uuidv7 } from '@socialhub/platform/ids';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { explained } from '@socialhub/platform/testing/explained';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listLatestActors } from '../src/store/actors.ts';
import type { Reader } from '../src/store/client.ts';
import { listNotificationsForExport } from '../src/store/export.ts';
import { ringersOf } from '../src/store/follows.ts';
import { findChangeSeqAt, listLogAfter, listNotifications } from '../src/store/notifications.ts';
import { findRecipient } from '../src/store/recipients.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let pool: pg.Pool;
const me = uuidv7();
const famous = uuidv7();

/** People who are told of a thing each by the same famous person, whom they follow; their accounts may not be active. */
async function othersAre(count: number): Promise<void> {
  await pool.query(
    `WITH numbers AS (SELECT n, gen_random_uuid() AS recipient, gen_random_uuid() AS id FROM generate_series(1, $1::int) n),
       people AS (INSERT INTO recipients (user_id, change_seq, unread_count) SELECT recipient, 1, 1 FROM numbers),
       told AS (
         INSERT INTO notifications (id, recipient_id, type, group_key, subject_kind, subject_id, actor_count, hidden_count, change_seq)
         SELECT id, recipient, 'POST', 'POST Post ' || n, 'Post', gen_random_uuid(), 1, n % 2, 1 FROM numbers),
       follow AS (
         INSERT INTO follows (follower_id, followee_id, active, sequence) SELECT recipient, $2, true, 1 FROM numbers),
       standing AS (
         INSERT INTO standings (user_id, is_active, sequence) SELECT recipient, n % 2 = 0, 1 FROM numbers)
     INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at, is_hidden)
     SELECT id, $2::uuid, recipient, now(), n % 2 = 1 FROM numbers`,
    [count, famous],
  );
}

/** Who is told of what the famous person posts. */
async function ringMine(): Promise<void> {
  await pool.query(
    `INSERT INTO follows (follower_id, followee_id, active, sequence, bell, bell_sequence)
     SELECT gen_random_uuid(), $1, true, 1, true, 2 FROM generate_series(1, 20)`,
    [famous],
  );
}

/** Forty unread notifications, of which every second one is hidden. */
async function tellMe(): Promise<void> {
  await pool.query(`INSERT INTO recipients (user_id, change_seq, unread_count) VALUES ($1, 40, 20)`, [me]);
  await pool.query(
    `WITH told AS (
       INSERT INTO notifications (id, recipient_id, type, group_key, subject_kind, subject_id, actor_count, hidden_count, change_seq)
       SELECT gen_random_uuid(), $1, 'POST', 'POST Post mine' || n, 'Post', gen_random_uuid(), 1, n % 2, n
       FROM generate_series(1, 40) n RETURNING id, hidden_count)
     INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at, is_hidden)
     SELECT id, $2::uuid, $1::uuid, now(), hidden_count = 1 FROM told`,
    [me, famous],
  );
}

const page = { after: null, limit: 21, first: 20 };
const reads: Record<string, (db: Reader) => PromiseLike<unknown>> = {
  'the list': (db) => listNotifications(db, me, false, page),
  'the list of unread ones': (db) => listNotifications(db, me, true, page),
  'a page behind a cursor': (db) =>
    listNotifications(db, me, false, { ...page, after: [new Date(Date.now() + 60_000), uuidv7()] }),
  'how many are unread': (db) => findRecipient(db, me),
  'the log of a live stream': (db) => listLogAfter(db, [{ listener: me, after: 10 }], 50),
  'the place where a live stream begins': (db) => findChangeSeqAt(db, me, new Date(Date.now() - 60_000)),
  'the latest actors': async (db) => {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM notifications WHERE recipient_id = $1',
      [me],
    );
    return listLatestActors(
      db,
      rows.map(({ id }) => id),
    );
  },
  'whom to tell of a post': (db) => db.$queryRaw`${ringersOf(famous)}`,
  'the archive of a person': (db) => listNotificationsForExport(db, me, null, 100),
};

async function cost(): Promise<Map<string, { buffers: number; plan: string }>> {
  const { reader, take } = explained(pool);
  const costs = new Map<string, { buffers: number; plan: string }>();
  for (const [name, read] of Object.entries(reads)) {
    // The first run fills caches of the catalogue.
    await read(reader);
    take();
    await read(reader);
    costs.set(name, take());
  }
  return costs;
}

beforeAll(async () => {
  database = await cloneDatabase('notification');
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  for (const table of ['notifications', 'notification_actors', 'recipients', 'standings', 'follows'])
    await pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('what a read costs', () => {
  test('does not grow with what is stored of others, whatever the statistics say', async () => {
    await othersAre(2_000);
    await tellMe();
    await ringMine();
    await pool.query('ANALYZE');
    const small = await cost();
    await othersAre(58_000);
    const stale = await cost();
    await pool.query('ANALYZE');
    const large = await cost();
    for (const name of Object.keys(reads)) {
      const few = small.get(name)?.buffers ?? 0;
      for (const [statistics, many] of [
        ['stale', stale.get(name)],
        ['fresh', large.get(name)],
      ] as const) {
        // A level more in each index that is looked into.
        expect(many?.buffers, `${name}, ${statistics} statistics: ${many?.plan}`).toBeLessThan(
          few * 1.5 + 60,
        );
      }
    }
    expect((await listNotifications(explained(pool).reader, me, false, page)).length).toBe(20);
  });

  test('does not grow with what one famous person did whom nobody is shown', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO notifications (id, recipient_id, type, group_key, subject_kind, subject_id, actor_count, hidden_count, change_seq)
       VALUES (gen_random_uuid(), $1, 'REACTION', 'REACTION Post x', 'Post', gen_random_uuid(), 20001, 20000, 41) RETURNING id`,
      [me],
    );
    const id = rows[0]?.id ?? '';
    await pool.query(
      `INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at, is_hidden)
       SELECT $1::uuid, gen_random_uuid(), $2::uuid, now() + n * interval '1 ms', n > 0 FROM generate_series(0, 20000) n`,
      [id, me],
    );
    const { reader, take } = explained(pool);
    expect(await listLatestActors(reader, [id])).toHaveLength(1);
    const latest = take();
    expect(latest.buffers, latest.plan).toBeLessThan(60);
  });
});
