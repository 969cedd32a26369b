import { CommentReacted, CommentReactionRemoved } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, type OperationResult } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

const selection = 'comment { id viewerReactions reactions { emoji count } }';
const react = (who: string | null, commentId: string, emoji = '👍'): Promise<OperationResult> =>
  world
    .as(who)
    .execute(`mutation ($input: ReactToCommentInput!) { reactToComment(input: $input) { ${selection} } }`, {
      input: { commentId, emoji },
    });
const unreact = (who: string | null, commentId: string, emoji = '👍'): Promise<OperationResult> =>
  world
    .as(who)
    .execute(
      `mutation ($input: RemoveCommentReactionInput!) { removeCommentReaction(input: $input) { ${selection} } }`,
      { input: { commentId, emoji } },
    );
const comment = async (by = ann, post: string | object = 'post') =>
  world.comment(by, await world.post(ann, post), 'a comment');
const read = async (who: string | null, id: string) =>
  dataOf(
    await world
      .as(who)
      .execute('query ($id: ID!) { comment(id: $id) { viewerReactions reactions { emoji count } } }', {
        id,
      }),
  ).comment;
const told = async (id: string) => {
  const isIt = ({ commentId }: { commentId: string }) => commentId === uuidOf(id);
  return [
    (await world.published(CommentReacted)).filter(isIt),
    (await world.published(CommentReactionRemoved)).filter(isIt),
  ];
};

it('an emoji is given once however often and in parallel, and taken back once', async () => {
  const id = await comment();
  for (const answer of await Promise.all(Array.from({ length: 20 }, () => react(bob, id, '\u2764'))))
    expect(dataOf(answer).reactToComment.comment).toEqual({
      id,
      viewerReactions: ['❤️'],
      reactions: [{ emoji: '❤️', count: 1 }],
    });
  expect(await read(ann, id)).toEqual({ viewerReactions: [], reactions: [{ emoji: '❤️', count: 1 }] });
  expect((await read(null, id)).viewerReactions).toEqual([]);
  for (const answer of await Promise.all(Array.from({ length: 20 }, () => unreact(bob, id, '❤️'))))
    expect(dataOf(answer).removeCommentReaction.comment).toEqual({ id, viewerReactions: [], reactions: [] });
  const [given, taken] = await told(id);
  expect(given).toEqual([
    expect.objectContaining({ commentId: uuidOf(id), commentAuthorId: ann, userId: bob, emoji: '❤️' }),
  ]);
  expect(taken).toHaveLength(1);
});

it('a person puts five different ones on a comment', async () => {
  const id = await comment();
  for (const emoji of ['👍', '🎉', '🔥', '👀', '🚀']) dataOf(await react(bob, id, emoji));
  expectError(await react(bob, id, '🆕'), 'BAD_USER_INPUT', 'input.emoji');
  dataOf(await react(bob, id, '👍'));
  dataOf(await unreact(bob, id, '👍'));
  dataOf(await react(bob, id, '🆕'));
  expect((await read(bob, id)).viewerReactions).toEqual(['🎉', '🔥', '👀', '🚀', '🆕']);
});

it('counts are exact when many give and take at the same time', async () => {
  const id = await comment();
  const all = (act: typeof react, emoji: string) => Promise.all(people.map((who) => act(who, id, emoji)));
  for (const answers of await Promise.all([all(react, '👍'), all(react, '👍'), all(react, '🔥')]))
    answers.forEach(dataOf);
  for (const answers of await Promise.all([all(unreact, '🔥'), all(unreact, '🔥')])) answers.forEach(dataOf);
  expect((await read(ann, id)).reactions).toEqual([{ emoji: '👍', count: 8 }]);
  expect(world.loggedErrors).toEqual([]);
});

it('what is no emoji, no comment, or not to be read takes none', async () => {
  const [id, hidden] = [await comment(), await comment(ann, { text: 'for few', visibility: 'FOLLOWERS' })];
  const [blocker, gone] = [await world.person('blocker'), await world.person('gone')];
  const [theirs, ofGone] = [await comment(blocker), await comment(gone)];
  await world.block(blocker, bob);
  await world.stands(gone, 'SUSPENDED');
  for (const act of [react, unreact]) {
    for (const emoji of ['', 'a', '👍👍', 'x'.repeat(10_000)])
      expectError(await act(bob, id, emoji), 'BAD_USER_INPUT', 'input.emoji');
    expectError(await act(bob, gid('Comment', uuidv7())), 'NOT_FOUND');
    expectError(await act(bob, gid('Post', uuidv7())), 'BAD_USER_INPUT', 'input.commentId');
    expectError(await act(null, id), 'UNAUTHENTICATED');
    for (const one of [hidden, theirs, ofGone]) expectError(await act(bob, one), 'NOT_FOUND');
  }
  expect(world.loggedErrors).toEqual([]);
});

it('who wrote it is told while they may read the post, and withdrawn from them in any case', async () => {
  const [author, writer] = [await world.person('author'), await world.person('writer')];
  for (const one of [writer, bob]) await world.follow(one, author);
  const postId = await world.post(author, { text: 'for few', visibility: 'FOLLOWERS' });
  const id = await world.comment(writer, postId, 'a comment');
  dataOf(await react(bob, id));
  await world.unfollow(writer, author);
  dataOf(await react(bob, id, '🎉'));
  dataOf(await unreact(bob, id));
  const [given, taken] = await told(id);
  expect(given?.map(({ commentAuthorId }) => commentAuthorId)).toEqual([writer, null]);
  expect(taken?.map(({ commentAuthorId }) => commentAuthorId)).toEqual([writer]);
});
