import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idsOf, startWorld, type World } from './world.ts';

let world: World;
let bad: string;
let friend: string;
let postId: string;
let quote: string;
let commentId: string;
let mention: string;
beforeAll(async () => {
  world = await startWorld();
  bad = await world.person('bad');
  friend = await world.person('friend');
  await world.follow(friend, bad);
  postId = await world.post(bad, 'hi @friend');
  quote = await world.post(friend, { text: 'see', quoteOfId: postId });
  commentId = await world.comment(bad, quote, 'mine');
  mention = await world.post(friend, 'hi @bad');
});
afterAll(() => world?.stop());

const commentsOn = async (id: string, who: string | null) =>
  idsOf((await world.read(who, id, 'comments { edges { node { id } } }'))?.comments);
const timelines = async () => {
  const query = `{ homeTimeline { edges { node { id } } } publicTimeline { edges { node { id } } } }`;
  const data = dataOf(await world.as(friend).execute(query));
  const own = dataOf(await world.entity('User', bad, 'posts { edges { node { id } } }', friend));
  return [data.homeTimeline, data.publicTimeline, own._entities[0].posts].map(idsOf);
};

async function seen(who: string | null) {
  const comment = dataOf(await world.entity('Comment', commentId, 'id', who))._entities[0];
  return {
    post: await world.read(who, postId),
    quoteOf: (await world.read(who, quote, 'quoteOf { id }'))?.quoteOf,
    mentions: (await world.read(who, mention, 'mentions { id }'))?.mentions,
    comments: await commentsOn(quote, who),
    comment,
  };
}

test('others see nothing that a suspended person wrote, and all of it again once they are reinstated', async () => {
  const all = {
    post: { id: postId },
    quoteOf: { id: postId },
    mentions: [{ id: gid('User', bad) }],
    comments: [commentId],
    comment: { id: commentId },
  };
  expect(await seen(friend)).toEqual(all);
  await world.stands(bad, 'SUSPENDED');
  for (const who of [friend, null]) {
    expect(await seen(who)).toEqual({ post: null, quoteOf: null, mentions: [], comments: [], comment: null });
  }
  expect(await timelines()).toEqual([[mention, quote], [mention, quote], []]);
  expectError(await world.tryComment(friend, { postId, text: 'hm' }), 'NOT_FOUND');
  expectError(await world.react(friend, postId, '👀'), 'NOT_FOUND');
  expectError(await world.tryPost(friend, { text: 'look', quoteOfId: postId }), 'NOT_FOUND');
  const answer = { postId: quote, parentId: commentId, text: 'hm' };
  expectError(await world.tryComment(friend, answer), 'BAD_USER_INPUT', 'input.parentId');
  expect(await world.read(null, await world.post(friend, 'and @bad'), 'mentions { id }')).toEqual({
    mentions: [],
  });

  expect(await seen(bad)).toMatchObject({ post: { id: postId }, comments: [commentId] });

  await world.stands(bad, 'ACTIVE');
  expect(await seen(friend)).toEqual(all);
});

test('a late event does not override', async () => {
  await world.stands(bad, 'ACTIVE', { sequence: 1_002n });
  await world.stands(bad, 'SUSPENDED', { sequence: 1_001n });
  expect(await world.read(null, postId)).toEqual({ id: postId });
});
