import { refusalsBy } from '@socialhub/platform/testing/counted';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

/** Holds a person's row until `work` is over. */
async function whileLocked<T>(id: string, work: () => Promise<T>): Promise<T> {
  const holder = await users.db.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM profile WHERE id = $1 FOR UPDATE', [id]);
    return await work();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
}

describe('mutations that wait for a row', () => {
  it('of one person, 300 at once, keep nobody else from theirs', async () => {
    const [ada, bob, cyd] = (await users.people(3)) as [string, string, string];
    const counted = await refusalsBy('mutations');
    const piled = await whileLocked(ada, async () => {
      const all = Array.from({ length: 300 }, (_, n) => users.update(ada, { bio: `number ${n}` }));
      // Refused at once: those for which there is no room to wait.
      await Promise.race(all);
      expect(dataOf(await users.follow(bob, cyd)).followUser.user.id).toBe(gid(cyd));
      expect(dataOf(await users.update(cyd, { bio: 'mine' })).updateProfile.user.bio).toBe('mine');
      expect(await users.profile(ada, bob)).toMatchObject({ id: gid(ada) });
      return all;
    });
    const answers = await Promise.all(piled);
    const done = answers.filter((answer) => !answer.errors);
    expect(done.length).toBeGreaterThanOrEqual(4);
    for (const answer of answers) if (answer.errors) expectError(answer, 'RATE_LIMITED');
    expect(answers.find((answer) => answer.errors)?.errors?.[0]?.extensions?.retryAfter).toBe(5);
    expect(await counted()).toBe(answers.length - done.length);
  });

  it('of several people, keep nobody who only reads from a connection', async () => {
    const [star, reader, ...fans] = (await users.people(8)) as [string, string, ...string[]];
    const all = await whileLocked(star, async () => {
      const follows = fans.flatMap((fan) => Array.from({ length: 4 }, () => users.follow(fan, star)));
      await until(async () => {
        const waiting = await users.db.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return waiting.rows.length >= 7;
      });
      const read = users.profile(reader, reader);
      const first = await Promise.race([read, ...follows.map((follow) => follow.then(() => 'a follow'))]);
      expect(first).toMatchObject({ id: gid(reader) });
      return follows;
    });
    for (const follow of all) dataOf(await follow);
  });

  it('are UNAVAILABLE when it is not free in time', async () => {
    const [ada] = (await users.people(1)) as [string];
    await whileLocked(ada, async () => expectError(await users.update(ada, { bio: 'late' }), 'UNAVAILABLE'));
    expect(users.loggedErrors).toEqual([]);
  });

  it('are UNAVAILABLE when they find no turn in time, and counted', async () => {
    const [star, ...fans] = (await users.people(7)) as [string, ...string[]];
    const counted = await refusalsBy('transactions');
    const follows = await whileLocked(star, async () => {
      const all = fans.flatMap((fan) => Array.from({ length: 4 }, () => users.follow(fan, star)));
      await until(async () => (await counted()) > 0, { what: 'one without a turn' });
      return all;
    });
    const refused = (await Promise.all(follows)).filter((answer) => answer.errors);
    for (const answer of refused) expectError(answer, 'UNAVAILABLE');
    expect(refused.length).toBeGreaterThanOrEqual(await counted());
  });
});
