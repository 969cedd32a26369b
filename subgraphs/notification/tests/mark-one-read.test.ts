import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** A new person with so many notifications: their ids, the latest first. */
async function followed(count: number): Promise<{ ann: string; ids: string[] }> {
  const [ann, ...followers] = people(count + 1) as [string, ...string[]];
  for (const follower of followers) await world.follow(follower, ann);
  return { ann, ids: (await world.list(ann)).map(({ id }) => id) };
}

const mark = async (who: string, id = '') =>
  dataOf(await world.markOneRead(who, id)).markNotificationRead as {
    unreadCount: number;
    notification: { id: string; readAt: string | null };
  };
const readOf = async (who: string) => (await world.list(who)).map(({ readAt }) => readAt !== null);

test('one is marked, and none behind it, once and for all', async () => {
  const { ann, ids } = await followed(3);
  const first = await mark(ann, ids[1]);
  expect(first).toEqual({ unreadCount: 2, notification: { id: ids[1], readAt: expect.any(String) } });
  expect(await mark(ann, ids[1])).toEqual(first);
  expect(await readOf(ann)).toEqual([false, true, false]);
});

test('many who mark the same and each another while more come in leave an exact count', async () => {
  const { ann, ids } = await followed(6);
  await Promise.all([
    ...ids.flatMap((id) => [mark(ann, id), mark(ann, id)]),
    world.markRead(ann, ids[2] ?? ''),
    ...people(6).map((follower) => world.follow(follower, ann)),
  ]);
  expect((await readOf(ann)).filter((isRead) => !isRead)).toHaveLength(6);
});

test('whoever joins it later makes it unread again', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = uuidv7();
  await world.react(ann, bob, postId);
  const [{ id } = { id: '' }] = await world.list(ann);
  expect((await mark(ann, id)).unreadCount).toBe(0);
  await world.react(ann, cat, postId);
  expect(await readOf(ann)).toEqual([false]);
});

test('all of somebody’s devices are told at once, of one and of many', async () => {
  const { ann, ids } = await followed(3);
  const told: [string, boolean, number][] = [];
  const stream = world
    .as(ann)
    .subscribe('subscription { notificationReceived { unreadCount notification { id readAt } } }');
  const reading = (async () => {
    for await (const { data } of stream) {
      const { unreadCount, notification } = data.notificationReceived;
      told.push([notification.id, notification.readAt !== null, unreadCount]);
    }
  })();
  // The stream is under way when what is new arrives, again and again until it is.
  const late = uuidv7();
  await until(async () => {
    await world.unfollow(late, ann);
    await world.follow(late, ann);
    return told.length > 0;
  });
  await mark(ann, ids[2]);
  await until(() => told.some(([id, isRead, unread]) => id === ids[2] && isRead && unread === 3));
  await world.markRead(ann, ids[0] ?? '');
  await until(() => told.some(([id, isRead, unread]) => id === ids[0] && isRead && unread === 1));
  const before = told.length;
  // What was read tells nothing anew: the next that is told is the next that happens.
  await mark(ann, ids[2]);
  await world.markRead(ann, ids[0] ?? '');
  await world.follow(uuidv7(), ann);
  await until(() => told.length > before);
  expect(told[before]?.slice(1)).toEqual([false, 2]);
  await stream.return?.();
  await reading;
});

test('what is not one’s own is not there, and what is no notification is told', async () => {
  const { ids } = await followed(1);
  const eve = uuidv7();
  expectError(await world.markOneRead(eve, ids[0] ?? ''), 'NOT_FOUND');
  expectError(await world.markOneRead(eve, gid('Notification', uuidv7())), 'NOT_FOUND');
  expectError(await world.markOneRead(eve, gid('Post', uuidv7())), 'BAD_USER_INPUT', 'input.id');
  expectError(await world.markOneRead(null, ids[0] ?? ''), 'UNAUTHENTICATED');
  expect(world.loggedErrors).toEqual([]);
});

test('what is hidden can not be marked, and is unread when it is shown again', async () => {
  const { ann, ids } = await followed(1);
  const [{ actors } = { actors: [] }] = await world.list(ann);
  const { rows } = await world.db.query('SELECT actor_id FROM notification_actors WHERE recipient_id = $1', [
    ann,
  ]);
  expect(actors).toHaveLength(1);
  await world.stands(rows[0].actor_id, 'SUSPENDED');
  expectError(await world.markOneRead(ann, ids[0] ?? ''), 'NOT_FOUND');
  await world.stands(rows[0].actor_id, 'ACTIVE');
  expect(await readOf(ann)).toEqual([false]);
});
