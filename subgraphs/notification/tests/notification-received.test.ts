import { createDatabase } from '@socialhub/platform/database/database';
import { cursorCodec } from '@socialhub/platform/database/pagination';
import { uuidv7 } from '@socialhub/platform/ids';
import { createLogger } from '@socialhub/platform/log';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { expectError, type OperationResult, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { watchNotifications } from '../src/domain/watch-notifications.ts';
import { createClient } from '../src/store/client.ts';
import { createNotificationLog } from '../src/store/notifications.ts';
import { people, type Row, rowSelection, startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const query = `subscription ($after: String) {
  notificationReceived(after: $after) { cursor unreadCount notification { ${rowSelection} } } }`;

interface Event {
  cursor: string;
  unreadCount: number;
  notification: Row;
}

/** Reads a stream into a list until stopped. */
function open(who: string, after: string | null = null) {
  const received: Event[] = [];
  const stream = world.as(who).subscribe(query, { after });
  const reading = (async () => {
    for await (const { data, errors } of stream) {
      expect(errors).toBeUndefined();
      received.push(data.notificationReceived);
    }
  })();
  return {
    received,
    async stop() {
      await stream.return?.();
      await reading;
    },
  };
}

const firstAnswer = (who: string | null, after: string | null): Promise<OperationResult> =>
  world
    .as(who)
    .subscribe(query, { after })
    .next()
    .then(
      ({ value }) => value as OperationResult,
      (errors: OperationResult['errors']) => ({ errors }) as OperationResult,
    );

const followerOf = (event: Event | undefined) => uuidOf(event?.notification.actors[0]?.id ?? '');

test('a stream begins that is asked for while something arrives', async () => {
  const [me = '', other = ''] = people(2);
  const lock = await world.db.connect();
  try {
    // Whoever looks for where a stream begins has to wait, and meanwhile the log grows.
    await lock.query('BEGIN');
    await lock.query('LOCK TABLE notifications IN ACCESS EXCLUSIVE MODE');
    const late = open(me);
    await until(async () => {
      const { rows } = await lock.query(
        "SELECT count(*)::int AS waiting FROM pg_locks WHERE NOT granted AND relation = 'notifications'::regclass",
      );
      return rows[0].waiting === 1;
    });
    await lock.query('INSERT INTO recipients (user_id, change_seq, unread_count) VALUES ($1, 3, 0)', [me]);
    await lock.query('COMMIT');
    await world.follow(other, me);
    await until(() => late.received.length === 1);
    expect(followerOf(late.received[0])).toBe(other);
    await late.stop();
  } finally {
    lock.release();
  }
});

/** A cursor of a person who has one notification. */
async function firstCursor(ann: string): Promise<string> {
  const probe = open(ann);
  const stop = new AbortController();
  const cursor = await until(async () => {
    if (!stop.signal.aborted) await world.follow(uuidv7(), ann);
    return probe.received[0]?.cursor;
  });
  stop.abort();
  await probe.stop();
  return cursor;
}

test('what happens arrives, in order, with the number of unread ones', async () => {
  const ann = uuidv7();
  const cursor = await firstCursor(ann);
  const stream = open(ann, cursor);
  const followers = people(3);
  for (const follower of followers) await world.follow(follower, ann);
  await until(() => stream.received.some((event) => followerOf(event) === followers[2]));
  expect(stream.received.slice(-3).map(followerOf)).toEqual(followers);
  const last = stream.received.at(-1);
  expect(last?.unreadCount).toBe((await world.list(ann)).length);
  expect(last?.notification).toEqual((await world.list(ann))[0]);
  await stream.stop();
});

test('without a cursor the stream begins now', async () => {
  const ann = uuidv7();
  const [early, late] = people(2) as [string, string];
  await world.follow(early, ann);
  const stream = open(ann);
  await until(async () => {
    await world.unfollow(late, ann);
    await world.follow(late, ann);
    return stream.received.length > 0;
  });
  expect(stream.received.map(followerOf)).not.toContain(early);
  await stream.stop();
});

test('after a cut the stream goes on behind the cursor: everything once and in order', async () => {
  const ann = uuidv7();
  let cursor = await firstCursor(ann);
  const seen: Event[] = [];
  const followers = people(60);
  const sending = (async () => {
    for (const follower of followers) await world.follow(follower, ann);
  })();
  for (let cut = 0; cut < 12; cut += 1) {
    const stream = open(ann, cursor);
    const wanted =
      cut === 11
        ? () => stream.received.some((event) => followerOf(event) === followers[59])
        : () => stream.received.length >= 3;
    await until(wanted);
    await stream.stop();
    // What a client has taken in is what it knows of: three of them, though more may have been on their way.
    const taken = cut === 11 ? stream.received : stream.received.slice(0, 3);
    seen.push(...taken);
    cursor = taken.at(-1)?.cursor ?? cursor;
  }
  await sending;
  const arrived = seen.map(followerOf).filter((id) => followers.includes(id ?? ''));
  expect(arrived).toEqual(followers);
});

test('two devices get the same', async () => {
  const ann = uuidv7();
  const cursor = await firstCursor(ann);
  const streams = [open(ann, cursor), open(ann, cursor)];
  const followers = people(5);
  await Promise.all(followers.map((follower) => world.follow(follower, ann)));
  await until(() =>
    streams.every(({ received }) =>
      followers.every((id) => received.some((event) => followerOf(event) === id)),
    ),
  );
  const [one, two] = streams.map(({ received }) => received.map(({ cursor: at }) => at));
  expect(one).toEqual(two);
  expect(new Set(one).size).toBe(one?.length);
  await Promise.all(streams.map(({ stop }) => stop()));
});

test('a reaction that joins others arrives as the same notification, changed', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const cursor = await firstCursor(ann);
  const stream = open(ann, cursor);
  const postId = uuidv7();
  const ofPost = () =>
    stream.received.filter((event) => event.notification.subject.id === gid('Post', postId));
  await world.react(ann, bob, postId);
  await until(() => ofPost().length === 1);
  await world.react(ann, bob, postId, '🔥');
  await world.react(ann, cat, postId);
  await until(() => ofPost().length === 2);
  expect(ofPost().map(({ notification }) => notification.actorCount)).toEqual([1, 2]);
  expect(ofPost()[0]?.notification.id).toBe(ofPost()[1]?.notification.id);
  expect(ofPost()[0]?.unreadCount).toBe(ofPost()[1]?.unreadCount);
  await stream.stop();
});

test('nobody hears of what is another’s', async () => {
  const [ann, bob] = people(2) as [string, string];
  const stream = open(bob, await firstCursor(bob));
  await world.follow(uuidv7(), ann);
  const last = uuidv7();
  await world.follow(last, bob);
  await until(() => stream.received.some((event) => followerOf(event) === last));
  const mine = (await world.list(bob)).map(({ id }) => id);
  for (const { notification } of stream.received) expect(mine).toContain(notification.id);
  await stream.stop();
});

test('a foreign or forged cursor is refused, and so is who has not signed in', async () => {
  const [ann, bob] = people(2) as [string, string];
  const cursor = await firstCursor(ann);
  const [tag] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  const forged = (place: unknown) => Buffer.from(JSON.stringify([tag, place])).toString('base64url');
  expectError(await firstAnswer(bob, cursor), 'BAD_USER_INPUT', 'after');
  for (const bad of [
    '',
    'nonsense',
    forged([-1]),
    forged(['x']),
    forged([1e300]),
    forged([1.5]),
    forged([]),
  ]) {
    expectError(await firstAnswer(ann, bad), 'BAD_USER_INPUT', 'after');
  }
  expectError(await firstAnswer(null, null), 'UNAUTHENTICATED');
  expect(world.loggedErrors).toEqual([]);
});

test('a stream begins when it was asked for, however long the way took', async () => {
  const [ann, early, late] = [uuidv7(), uuidv7(), uuidv7()];
  const url = world.db.options.connectionString ?? '';
  const db = createDatabase(url, createClient, createLogger({ service: 'test', level: 'silent' }));
  await world.follow(early, ann);
  // The database rounds to milliseconds: a moment in the same one would come before it.
  const [{ updatedAt } = { updatedAt: '' }] = await world.list(ann);
  await until(async () => new Date() > new Date(updatedAt));
  const askedAt = new Date();
  await world.follow(late, ann);
  const live = { listen: async () => async () => {}, signal: async () => {} };
  const viewer = { userId: ann, sessionId: uuidv7(), role: 'MEMBER' as const, scopes: [] };
  const notificationLog = createNotificationLog(db, live);
  const signal = AbortSignal.timeout(10_000);
  const stream = await watchNotifications({ viewer, db, notificationLog, askedAt, signal }, null);
  const { value } = await stream.next();
  const { rows } = await world.db.query('SELECT subject_id FROM notifications WHERE id = $1', [
    value?.notificationReceived.notification.id,
  ]);
  expect(rows).toEqual([{ subject_id: late }]);
  await stream.return(undefined);
  await db.close();
});

test('a cursor beyond the end of the log is refused', async () => {
  const ann = uuidv7();
  const beyond = cursorCodec('notificationReceived', z.tuple([z.int()]), { viewerId: ann }).encode([1_000]);
  expectError(await firstAnswer(ann, beyond), 'BAD_USER_INPUT', 'after');
});
