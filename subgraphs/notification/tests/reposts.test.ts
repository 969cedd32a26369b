import { PostDeleted } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { erased } from '@socialhub/platform/testing/erased';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

test('all reposts of a post are one notification, latest first, beside that of its reactions', async () => {
  const [ann, ...others] = people(6) as [string, ...string[]];
  const postId = uuidv7();
  await world.react(ann, others[0] ?? '', postId);
  for (const [n, who] of others.entries())
    await world.repost(ann, who, postId, {}, new Date(1_800_000_000_000 + n).toISOString());
  expect(await world.list(ann)).toEqual([
    told('REPOST', 'Post', postId, ...others.toReversed()),
    told('REACTION', 'Post', postId, others[0] ?? ''),
  ]);
});

test('it is taken back with the repost, goes with the last one, and reposting one’s own is not told', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = uuidv7();
  await world.repost(ann, ann, postId);
  expect(await world.list(ann)).toEqual([]);
  await world.repost(ann, bob, postId);
  await world.repost(ann, cat, postId);
  await world.undoRepost(ann, bob, postId);
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, cat)]);
  await world.undoRepost(ann, cat, postId);
  expect(await world.list(ann)).toEqual([]);
});

test('what comes late or twice does not bring it back, nor count it twice', async () => {
  const [ann, bob] = people(2) as [string, string];
  const postId = uuidv7();
  await world.undoRepost(ann, bob, postId, { sequence: 11n });
  await world.repost(ann, bob, postId, { sequence: 10n });
  expect(await world.list(ann)).toEqual([]);
  const id = uuidv7();
  for (let times = 0; times < 2; times += 1) await world.repost(ann, bob, postId, { sequence: 12n, id });
  await world.undoRepost(ann, bob, postId, { sequence: 11n });
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, bob)]);
});

test('it goes with the post, of which nothing is told any more', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = await world.post(ann);
  await world.repost(ann, bob, postId);
  await world.emit(PostDeleted, { postId, authorId: ann });
  await world.repost(ann, cat, postId);
  expect(await world.list(ann)).toEqual([]);
  const { rows } = await world.db.query('SELECT count(*) FROM reposts WHERE post_id = $1', [postId]);
  expect(rows[0].count).toBe('0');
});

test('of two of whom one blocks the other nothing is told, neither from before nor after', async () => {
  const [ann, bob, cat, dan] = people(4) as [string, string, string, string];
  const postId = uuidv7();
  for (const who of [bob, cat]) await world.repost(ann, who, postId);
  await world.block(bob, ann);
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, cat)]);
  // Events of different things come in any order.
  await world.block(ann, dan);
  await world.repost(ann, dan, postId);
  await world.react(ann, dan, postId);
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, cat)]);
});

test('whoever is not active is hidden among those who reposted', async () => {
  const [ann, bob] = people(2) as [string, string];
  const postId = uuidv7();
  await world.repost(ann, bob, postId);
  await world.stands(bob, 'SUSPENDED');
  expect(await world.list(ann)).toEqual([]);
  await world.stands(bob, 'ACTIVE');
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, bob)]);
});

test('thirty at the same time are all counted', async () => {
  const [ann, ...others] = people(31) as [string, ...string[]];
  const postId = uuidv7();
  await Promise.all(others.map((who) => world.repost(ann, who, postId)));
  expect(await world.list(ann)).toEqual([expect.objectContaining({ type: 'REPOST', actorCount: 30 })]);
  expect(world.loggedErrors).toEqual([]);
});

test('an account’s end takes its reposts out of what others were told', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = uuidv7();
  for (const who of [bob, cat]) await world.repost(ann, who, postId);
  expect(await erased(world, bob)).toMatchObject({ acts: 1, reposts: 1 });
  expect(await world.list(ann)).toEqual([told('REPOST', 'Post', postId, cat)]);
});
