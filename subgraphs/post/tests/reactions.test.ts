import { PostReacted, PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
let people: string[];
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await startWorld();
  people = await Promise.all(Array.from({ length: 8 }, (_, n) => world.person(`p${n}`)));
  [ann, bob] = people as [string, string];
});
afterAll(() => world?.stop());

const reactionsOf = async (who: string | null, postId: string) =>
  world.read(who, postId, 'reactions { emoji count } viewerReactions');

test('the most used come first, then the one used first', async () => {
  const postId = await world.post(ann, 'post');
  for (const [who, emoji] of [
    [ann, '🎉'],
    [ann, '🔥'],
    [bob, '👍'],
    [bob, '🔥'],
  ] as const) {
    dataOf(await world.react(who, postId, emoji));
  }
  expect(await reactionsOf(ann, postId)).toEqual({
    reactions: [
      { emoji: '🔥', count: 2 },
      { emoji: '🎉', count: 1 },
      { emoji: '👍', count: 1 },
    ],
    viewerReactions: ['🎉', '🔥'],
  });
  expect((await reactionsOf(null, postId)).viewerReactions).toEqual([]);
});

test('giving one twice is giving it once, and so is taking it back', async () => {
  const postId = await world.post(ann, 'post');
  await world.react(bob, postId, '\u2764');
  await world.react(bob, postId, '\u2764\ufe0f');
  const again = dataOf(await world.react(bob, postId, '\u2764')).reactToPost.post;
  expect(again).toEqual({ id: postId, viewerReactions: ['❤️'], reactions: [{ emoji: '❤️', count: 1 }] });
  await world.unreact(bob, postId, '❤️');
  const gone = dataOf(await world.unreact(bob, postId, '❤️')).removePostReaction.post;
  expect(gone).toEqual({ id: postId, viewerReactions: [], reactions: [] });
  const about = {
    postId: uuidOf(postId),
    postAuthorId: ann,
    userId: bob,
    emoji: '❤️',
    at: expect.any(String),
  };
  expect((await world.published(PostReacted)).filter((event) => event.postId === uuidOf(postId))).toEqual([
    about,
  ]);
  expect(
    (await world.published(PostReactionRemoved)).filter((event) => event.postId === uuidOf(postId)),
  ).toEqual([about]);
});

test('a person may put five emojis on a post, even at the same time', async () => {
  const postId = await world.post(ann, 'post');
  const emojis = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '6️⃣', '7️⃣'];
  const answers = await Promise.all(emojis.map((emoji) => world.react(bob, postId, emoji)));
  const refused = answers.filter(({ errors }) => errors);
  expect(refused).toHaveLength(2);
  for (const answer of refused) expectError(answer, 'BAD_USER_INPUT', 'input.emoji');
  const { reactions, viewerReactions } = await reactionsOf(bob, postId);
  expect(viewerReactions).toHaveLength(5);
  expect(reactions.map(({ count }: { count: number }) => count)).toEqual([1, 1, 1, 1, 1]);
  dataOf(await world.react(bob, postId, viewerReactions[0]));
  await world.unreact(bob, postId, viewerReactions[0]);
  dataOf(await world.react(bob, postId, '🆕'));
});

test('counts are exact when many give and take at the same time', async () => {
  const postId = await world.post(ann, 'post');
  const give = (emoji: string) => Promise.all(people.map((who) => world.react(who, postId, emoji)));
  const take = (emoji: string) => Promise.all(people.map((who) => world.unreact(who, postId, emoji)));
  for (const answers of await Promise.all([give('👍'), give('👍'), give('🔥')])) answers.forEach(dataOf);
  for (const answers of await Promise.all([take('🔥'), take('🔥'), give('👍')])) answers.forEach(dataOf);
  expect((await reactionsOf(ann, postId)).reactions).toEqual([{ emoji: '👍', count: 8 }]);
  for (let round = 0; round < 3; round += 1) {
    for (const answers of await Promise.all([give('🎲'), take('🎲')])) answers.forEach(dataOf);
  }
  const { rows } = await world.db.query(
    'SELECT count(*)::int AS n FROM post_reactions WHERE post_id = $1 AND emoji = $2',
    [uuidOf(postId), '🎲'],
  );
  const { reactions } = await reactionsOf(ann, postId);
  expect(reactions.find(({ emoji }: { emoji: string }) => emoji === '🎲')?.count ?? 0).toBe(rows[0].n);
});

test.each(['', 'a', '👍👍', '<3', ' 👍', 'x'.repeat(10_000)])('%j is refused', async (emoji) => {
  const postId = await world.post(ann, 'post');
  expectError(await world.react(bob, postId, emoji), 'BAD_USER_INPUT', 'input.emoji');
  expectError(await world.unreact(bob, postId, emoji), 'BAD_USER_INPUT', 'input.emoji');
});

test('a post that is not there takes none', async () => {
  for (const act of [world.react, world.unreact]) {
    expectError(await act(bob, gid('Post', uuidv7()), '👍'), 'NOT_FOUND');
    expectError(await act(bob, '1', '👍'), 'BAD_USER_INPUT', 'input.postId');
    expectError(await act(null, gid('Post', uuidv7()), '👍'), 'UNAUTHENTICATED');
  }
  expect(world.loggedErrors).toEqual([]);
});

test('reacting while the post is being deleted leaves nothing behind', async () => {
  const postId = await world.post(ann, 'short-lived');
  const remove = world.remove(ann, postId);
  const answers = await Promise.all([...people.map((who) => world.react(who, postId, '👍')), remove]);
  for (const answer of answers.slice(0, -1)) if (answer.errors) expectError(answer, 'NOT_FOUND');
  const { rows } = await world.db.query(
    'SELECT (SELECT count(*) FROM post_reactions WHERE post_id = $1) + (SELECT count(*) FROM reaction_counts WHERE post_id = $1) AS n',
    [uuidOf(postId)],
  );
  expect(rows[0].n).toBe('0');
  expect(world.loggedErrors).toEqual([]);
});
