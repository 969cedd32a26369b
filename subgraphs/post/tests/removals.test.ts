import { CommentRemoved, PostRemoved, PostRestored } from '@socialhub/platform/contracts/post';
import type { Role, Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, type OperationResult } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idsOf, startWorld, type World } from './world.ts';

let world: World;
let author: string;
let friend: string;
let moderator: Viewer;
let admin: Viewer;
beforeAll(async () => {
  world = await startWorld();
  author = await world.person('author');
  friend = await world.person('friend');
  await world.follow(friend, author);
  moderator = await staff('MODERATOR');
  admin = await staff('ADMIN');
});
afterAll(() => world?.stop());

async function staff(role: Role): Promise<Viewer> {
  const userId = await world.person(`staff_${uuidv7().slice(-8)}`);
  await world.stands(userId, 'ACTIVE', { role });
  return { userId, sessionId: uuidv7(), role, scopes: ['moderate'] };
}

const standing = 'standing { author { id } removal { removedAt reason } }';
type Who = Viewer | string | null;
const remove = (who: Who, kind: 'Post' | 'Comment', id: string, reason = 'spam'): Promise<OperationResult> =>
  world
    .as(who)
    .execute(`mutation ($input: Remove${kind}Input!) { remove${kind}(input: $input) { ${standing} } }`, {
      input: { [`${kind.toLowerCase()}Id`]: id, reason },
    });
const restore = (who: Who, kind: 'Post' | 'Comment', id: string): Promise<OperationResult> =>
  world
    .as(who)
    .execute(`mutation ($input: Restore${kind}Input!) { restore${kind}(input: $input) { ${standing} } }`, {
      input: { [`${kind.toLowerCase()}Id`]: id },
    });
const read = async (who: Who, id: string) => {
  const query = 'query ($id: ID!) { post(id: $id) { id removal { reason } } }';
  return dataOf(await world.as(who).execute(query, { id })).post;
};

test('a removed post is there for its author, who reads why, and for moderators who have its id', async () => {
  const mediaId = await world.media(author);
  const id = await world.post(author, { text: 'buy watches', mediaIds: [mediaId] });
  const quote = await world.post(friend, { text: 'see', quoteOfId: id });
  const commentId = await world.comment(friend, id, 'hm');
  const done = dataOf(await remove(moderator, 'Post', id, ' sells watches ')).removePost.standing;
  const removal = { removedAt: expect.any(String), reason: 'sells watches' };
  expect(done).toEqual({ author: { id: gid('User', author) }, removal });

  for (const who of [friend, null]) {
    expect(await read(who, id)).toBeNull();
    expect(await world.read(who, quote, 'quoteOf { id }')).toEqual({ quoteOf: null });
    expect(dataOf(await world.entity('Post', id, 'id', who))._entities).toEqual([null]);
    expect(dataOf(await world.entity('Comment', commentId, 'id', who))._entities).toEqual([null]);
  }
  const lists = dataOf(
    await world.as(moderator).execute('{ publicTimeline { edges { node { id } } } }'),
  ).publicTimeline;
  expect(idsOf(lists)).not.toContain(id);
  expectError(await world.tryComment(friend, { postId: id, text: 'hm' }), 'NOT_FOUND');
  expectError(
    await world.tryPost(author, { text: 'see', quoteOfId: id }),
    'BAD_USER_INPUT',
    'input.quoteOfId',
  );
  const edit = `mutation { updatePost(input: { postId: "${id}", text: "again" }) { post { id } } }`;
  expectError(await world.as(author).execute(edit), 'FORBIDDEN');

  for (const who of [author, moderator, admin]) {
    expect(await read(who, id)).toEqual({ id, removal: { reason: 'sells watches' } });
  }
  const facts = {
    postId: uuidOf(id),
    authorId: author,
    moderatorId: moderator.userId,
    mediaIds: [uuidOf(mediaId)],
  };
  expect((await world.published(PostRemoved)).filter(({ postId }) => postId === uuidOf(id))).toMatchObject([
    { ...facts, reason: 'sells watches' },
  ]);

  dataOf(await restore(moderator, 'Post', id));
  dataOf(await restore(moderator, 'Post', id));
  expect(await read(null, id)).toEqual({ id, removal: null });
  expect((await world.published(PostRestored)).filter(({ postId }) => postId === uuidOf(id))).toMatchObject([
    facts,
  ]);
});

test('a removed comment keeps its place, and its words are its author’s and the moderators’ alone', async () => {
  const postId = await world.post(friend, 'hello');
  const id = await world.comment(author, postId, 'buy watches');
  const reply = await world.comment(friend, postId, 'no', id);
  const query = `{ post(id: "${postId}") { comments { edges { node {
    id text deletedAt author { id } removal { reason } replies { edges { node { id } } } } } } } }`;
  const seen = async (who: Who) => dataOf(await world.as(who).execute(query)).post.comments.edges[0].node;
  const replies = { edges: [{ node: { id: reply } }] };
  const whole = {
    id,
    text: 'buy watches',
    deletedAt: null,
    author: { id: gid('User', author) },
    removal: null,
    replies,
  };

  dataOf(await remove(moderator, 'Comment', id));
  for (const who of [friend, null]) {
    const place = { id, text: '', deletedAt: expect.any(String), author: null, removal: null, replies };
    expect(await seen(who)).toEqual(place);
    expect(dataOf(await world.entity('Comment', id, 'text', who))._entities).toEqual([{ text: '' }]);
  }
  for (const who of [author, moderator]) {
    expect(await seen(who)).toEqual({ ...whole, removal: { reason: 'spam' } });
  }
  const answer = { postId, parentId: id, text: 'hm' };
  expectError(await world.tryComment(friend, answer), 'BAD_USER_INPUT', 'input.parentId');
  expect(await world.published(CommentRemoved)).toMatchObject([
    { commentId: uuidOf(id), postId: uuidOf(postId), reason: 'spam' },
  ]);

  dataOf(await restore(admin, 'Comment', id));
  expect(await seen(null)).toEqual(whole);
});

test('a moderator removes what they could not read, and does not read it by that', async () => {
  const id = await world.post(author, { text: 'for few', visibility: 'FOLLOWERS' });
  dataOf(await remove(moderator, 'Post', id));
  expect(await read(moderator, id)).toBeNull();
  expect(await read(friend, id)).toBeNull();
});

describe('it is for moderators over what members wrote and for admins over what others wrote', () => {
  test.each(['Post', 'Comment'] as const)('%s', async (kind) => {
    const under = await world.post(friend, 'hello');
    const write = (who: string) =>
      kind === 'Post' ? world.post(who, 'mine') : world.comment(who, under, 'mine');
    const other = await staff('MODERATOR');
    const [byMember, byModerator, byAdmin, byOther] = [
      await write(author),
      await write(moderator.userId),
      await write(admin.userId),
      await write(other.userId),
    ];
    for (const act of [remove, restore]) {
      for (const id of [byModerator, byAdmin, byOther]) {
        expectError(await act(moderator, kind, id), 'FORBIDDEN');
      }
      expectError(await act(admin, kind, byAdmin), 'FORBIDDEN');
      for (const who of [author, friend]) {
        expectError(await act(who, kind, byMember), 'FORBIDDEN');
        expectError(await act(who, kind, gid(kind, uuidv7())), 'FORBIDDEN');
      }
      expectError(await act(null, kind, byMember), 'UNAUTHENTICATED');
      expectError(await act(moderator, kind, gid(kind, uuidv7())), 'NOT_FOUND');
      expectError(await act(moderator, kind, 'nonsense'), 'BAD_USER_INPUT', `input.${kind.toLowerCase()}Id`);
    }
    for (const id of [byMember, byModerator, byOther]) dataOf(await remove(admin, kind, id));
  });

  test.each([[''], ['  '], ['x'.repeat(501)]])('and wants a reason, not %j', async (reason) => {
    expectError(
      await remove(moderator, 'Post', gid('Post', uuidv7()), reason),
      'BAD_USER_INPUT',
      'input.reason',
    );
    expectError(
      await remove(moderator, 'Comment', gid('Comment', uuidv7()), reason),
      'BAD_USER_INPUT',
      'input.reason',
    );
  });
});
