import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** A repeatable shuffle: a failure can be looked at again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

test('all reactions to a post are one notification, latest first', async () => {
  const [ann, ...others] = people(6) as [string, ...string[]];
  const postId = uuidv7();
  for (const [n, who] of others.entries()) {
    await world.react(ann, who, postId, '👍', {}, new Date(1_800_000_000_000 + n).toISOString());
  }
  expect(await world.list(ann)).toEqual([told('REACTION', 'Post', postId, ...others.toReversed())]);
});

test('one who uses several emojis is one actor, until the last of them is gone', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = uuidv7();
  await world.react(ann, bob, postId, '👍');
  await world.react(ann, bob, postId, '🔥');
  await world.react(ann, cat, postId, '🔥');
  expect(await world.list(ann)).toEqual([expect.objectContaining({ actorCount: 2 })]);
  await world.unreact(ann, bob, postId, '👍');
  expect(await world.list(ann)).toEqual([expect.objectContaining({ actorCount: 2 })]);
  await world.unreact(ann, bob, postId, '🔥');
  expect(await world.list(ann)).toEqual([told('REACTION', 'Post', postId, cat)]);
  await world.unreact(ann, cat, postId, '🔥');
  expect(await world.list(ann)).toEqual([]);
  await world.react(ann, bob, postId, '👍');
  expect(await world.list(ann)).toEqual([told('REACTION', 'Post', postId, bob)]);
});

test('taking one of two emojis back tells nobody anew who was made to forget both', async () => {
  const [ann, bob] = people(2) as [string, string];
  const postId = uuidv7();
  await world.react(ann, bob, postId, '👍');
  await world.react(ann, bob, postId, '🔥');
  await world.block(ann, bob);
  await world.unblock(ann, bob);
  await world.unreact(ann, bob, postId, '👍');
  expect(await world.list(ann)).toEqual([]);
});

test('reacting to one’s own post is not told', async () => {
  const ann = uuidv7();
  await world.react(ann, ann, uuidv7());
  expect(await world.list(ann)).toEqual([]);
});

test('a read notification is unread again when somebody joins, and stays read when somebody leaves', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = uuidv7();
  await world.react(ann, bob, postId);
  const [row] = await world.list(ann);
  await world.markRead(ann, row?.id ?? '');
  await world.react(ann, cat, postId);
  const [again] = await world.list(ann);
  expect(again).toMatchObject({ id: row?.id, readAt: null, actorCount: 2, createdAt: row?.createdAt });
  expect(Date.parse(again?.updatedAt ?? '')).toBeGreaterThan(Date.parse(row?.updatedAt ?? ''));
  await world.markRead(ann, row?.id ?? '');
  await world.unreact(ann, cat, postId);
  expect(await world.list(ann)).toEqual([
    expect.objectContaining({ actorCount: 1, readAt: expect.any(String) }),
  ]);
  await world.unreact(ann, bob, postId);
  expect(await world.list(ann)).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6])(
  'events in any order, each twice, give exact counts (seed %i)',
  async (seed) => {
    const [ann, ...others] = people(5) as [string, ...string[]];
    const posts = [uuidv7(), uuidv7()];
    let sequence = BigInt(seed) * 10_000n;
    const stands = new Map<string, boolean>();
    const events: (() => Promise<void>)[] = [];
    for (let step = 0; step < 30; step += 1) {
      const who = others[(step * 7 + seed) % others.length] ?? ann;
      const postId = posts[(step * seed) % 2] ?? '';
      const emoji = ['👍', '🔥'][(step + seed) % 2] ?? '👍';
      const act = (step * 5 + seed) % 3 === 0 ? world.unreact : world.react;
      const envelope = { id: uuidv7(), sequence: ++sequence };
      stands.set(`${postId} ${who} ${emoji}`, act === world.react);
      const emit = () => act(ann, who, postId, emoji, envelope);
      events.push(emit, emit);
    }
    const waiting = shuffled(events, seed);
    while (waiting.length > 0) await Promise.all(waiting.splice(0, 5).map((emit) => emit()));
    const expected = posts.map((postId) => {
      const actors = others.filter((who) =>
        ['👍', '🔥'].some((emoji) => stands.get(`${postId} ${who} ${emoji}`)),
      );
      return { subject: postId, actorCount: actors.length, actors: actors.slice().sort() };
    });
    const rows = await world.list(ann);
    for (const { subject, actorCount } of expected) {
      expect(rows.find((row) => row.subject.id === gid('Post', subject))?.actorCount ?? 0).toBe(actorCount);
    }
    const { rows: actors } = await world.db.query(
      `SELECT n.subject_id AS subject, array_agg(a.actor_id::text ORDER BY a.actor_id::text) AS actors
     FROM notifications n JOIN notification_actors a ON a.notification_id = n.id
     WHERE n.recipient_id = $1 GROUP BY n.subject_id`,
      [ann],
    );
    for (const { subject, actors: names } of expected) {
      expect(actors.find((row) => row.subject === subject)?.actors ?? []).toEqual(names);
    }
  },
);

test('many who react to the same post at the same time are all counted', async () => {
  const [ann, ...others] = people(31) as [string, ...string[]];
  const postId = uuidv7();
  await Promise.all(others.map((who) => world.react(ann, who, postId)));
  expect(await world.list(ann)).toEqual([expect.objectContaining({ actorCount: 30 })]);
  await Promise.all(others.slice(0, 29).map((who) => world.unreact(ann, who, postId)));
  expect(await world.list(ann)).toEqual([told('REACTION', 'Post', postId, others[29] ?? '')]);
  expect(world.loggedErrors).toEqual([]);
});

test('the count stays exact while a notification is read and joined at the same moment', async () => {
  const [ann, first] = people(2) as [string, string];
  const posts = people(4);
  for (const postId of posts) await world.react(ann, first, postId);
  for (let round = 0; round < 12; round += 1) {
    const rows = await world.list(ann);
    await Promise.all([
      ...posts.map((postId) => world.react(ann, uuidv7(), postId)),
      ...rows.map(({ id }) => world.markRead(ann, id)),
    ]);
  }
  expect((await world.list(ann)).map(({ actorCount }) => actorCount)).toEqual([13, 13, 13, 13]);
  expect(world.loggedErrors).toEqual([]);
});
