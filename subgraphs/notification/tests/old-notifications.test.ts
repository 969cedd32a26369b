import { PostRemoved } from '@socialhub/platform/contracts/post';
import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { pruneAll } from '@socialhub/platform/lifecycle/prune';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, createClient } from '../src/store/client.ts';
import { pruneNotifications } from '../src/tasks/prune-notifications.ts';
import { people, startWorld, told, type World } from './world.ts';

let world: World;
let db: Database<Client>;
beforeAll(async () => {
  world = await startWorld();
  const url = world.db.options.connectionString ?? '';
  db = createDatabase(url, createClient, createLogger({ service: 'test', level: 'silent' }));
});
afterAll(async () => {
  await db.close();
  await world.stop();
});

const prune = () => pruneAll(pruneNotifications(db, 365));
const age = (recipientId: string) =>
  world.db.query(
    `UPDATE notifications SET updated_at = updated_at - interval '366 days' WHERE recipient_id = $1`,
    [recipientId],
  );

it('deletes what was told last before a year, read or not, and what moderators did, in steps', async () => {
  const [ada, bob] = people(2) as [string, string];
  const post = await world.post(ada);
  // More than a step takes of one person, and more who did one thing.
  for (let n = 0; n < 12; n += 1) await world.repost(ada, bob, await world.post(ada));
  for (const who of people(5)) await world.react(ada, who, post);
  const removed = {
    postId: await world.post(ada),
    authorId: ada,
    moderatorId: bob,
    mediaIds: [],
    reason: 'spam',
  };
  await world.emit(PostRemoved, { ...removed, at: new Date().toISOString() });
  await age(ada);
  await world.follow(bob, ada);
  expect(await prune()).toBe(18);
  // `list` checks that the count of what is unread is exact.
  expect(await world.list(ada)).toEqual([told('FOLLOW', 'User', bob, bob)]);
  const { rows } = await world.db.query(
    'SELECT count(*)::int AS count FROM notification_actors WHERE recipient_id = $1',
    [ada],
  );
  expect(rows).toEqual([{ count: 1 }]);
});

it('keeps an old one of which something was told since, with all who did it', async () => {
  const [ada, bob, eve] = people(3) as [string, string, string];
  const post = await world.post(ada);
  await world.react(ada, bob, post);
  await age(ada);
  await world.react(ada, eve, post);
  await prune();
  expect((await world.list(ada)).map(({ actorCount }) => actorCount)).toEqual([2]);
});

it('counts exactly while others are told at the same time', async () => {
  const [ada] = people(1) as [string];
  const posts = await Promise.all(Array.from({ length: 8 }, () => world.post(ada)));
  for (const post of posts) await world.react(ada, people(1)[0] as string, post);
  await age(ada);
  await Promise.all([
    prune(),
    prune(),
    ...posts.map((post) => world.react(ada, people(1)[0] as string, post)),
  ]);
  await prune();
  // Each was there before it was pruned, or is told anew.
  expect(await world.list(ada)).toHaveLength(8);
});
