import { CommentCreated } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await startWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
});
afterAll(() => world?.stop());

test('a comment and a reply to it stand under their post', async () => {
  const postId = await world.post(ann, 'post');
  const parent = await world.comment(bob, postId, 'a comment for @ann');
  const reply = await world.comment(ann, postId, 'a reply', parent);
  const post = await world.read(
    null,
    postId,
    `commentCount comments { edges { node { id author { id } text replyCount parent { id } post { id } createdAt
      editedAt deletedAt
      replies { edges { node { id author { id } text replyCount parent { id } } } } } } }`,
  );
  expect(post).toEqual({
    commentCount: 2,
    comments: {
      edges: [
        {
          node: {
            id: parent,
            author: { id: gid('User', bob) },
            text: 'a comment for @ann',
            replyCount: 1,
            parent: null,
            post: { id: postId },
            createdAt: expect.any(String),
            editedAt: null,
            deletedAt: null,
            replies: {
              edges: [
                {
                  node: {
                    id: reply,
                    author: { id: gid('User', ann) },
                    text: 'a reply',
                    replyCount: 0,
                    parent: { id: parent },
                  },
                },
              ],
            },
          },
        },
      ],
    },
  });
  const events = (await world.published(CommentCreated)).filter((event) => event.postId === uuidOf(postId));
  expect(events).toEqual([
    {
      commentId: uuidOf(parent),
      postId: uuidOf(postId),
      postAuthorId: ann,
      parentId: null,
      parentAuthorId: null,
      authorId: bob,
      mentionedIds: [ann],
      createdAt: expect.any(String),
    },
    {
      commentId: uuidOf(reply),
      postId: uuidOf(postId),
      postAuthorId: ann,
      parentId: uuidOf(parent),
      parentAuthorId: bob,
      authorId: ann,
      mentionedIds: [],
      createdAt: expect.any(String),
    },
  ]);
});

test('counts are exact when many comment at the same time', async () => {
  const postId = await world.post(ann, 'busy');
  const parent = await world.comment(bob, postId, 'parent');
  await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      world.comment(n % 2 ? ann : bob, postId, `c${n}`, n % 3 ? parent : undefined),
    ),
  );
  const post = await world.read(
    ann,
    postId,
    'commentCount comments(first: 100) { edges { node { id replyCount } } }',
  );
  expect(post.commentCount).toBe(31);
  expect(post.comments.edges).toHaveLength(11);
  expect(post.comments.edges[0].node).toEqual({ id: parent, replyCount: 20 });
});

test('comments page from the oldest on, with no gap and no repeat while more come in', async () => {
  const postId = await world.post(ann, 'long');
  const before: string[] = [];
  for (let n = 0; n < 9; n += 1) before.push(await world.comment(bob, postId, `c${n}`));
  const later: string[] = [];
  const seen = await allPages(async (after) => {
    const args = `first: 2${after ? `, after: "${after}"` : ''}`;
    const page = await world.read(
      ann,
      postId,
      `comments(${args}) { edges { node { id } } pageInfo { endCursor hasNextPage } }`,
    );
    if (later.length < 3) later.push(await world.comment(ann, postId, 'later'));
    return page.comments;
  });
  expect(seen).toEqual([...before, ...later]);
});

test('the cursors of one list are foreign to another', async () => {
  const [one, two] = [await world.post(ann, 'one'), await world.post(ann, 'two')];
  const parent = await world.comment(bob, one, 'a');
  await world.comment(bob, one, 'b', parent);
  const post = await world.read(
    ann,
    one,
    'comments { edges { cursor node { replies { edges { cursor } } } } }',
  );
  const [edge] = post.comments.edges;
  const ask = (id: string, selection: string) =>
    world.as(ann).execute(`{ post(id: "${id}") { ${selection} } }`);
  expectError(
    await ask(two, `comments(after: "${edge.cursor}") { edges { cursor } }`),
    'BAD_USER_INPUT',
    'after',
  );
  const replyCursor = edge.node.replies.edges[0].cursor;
  expectError(
    await ask(one, `comments(after: "${replyCursor}") { edges { cursor } }`),
    'BAD_USER_INPUT',
    'after',
  );
  expectError(await ask(one, 'comments(first: 101) { edges { cursor } }'), 'BAD_USER_INPUT', 'first');
});

test('two posts in one query page through their comments each for itself', async () => {
  const [one, two] = [await world.post(ann, 'one'), await world.post(ann, 'two')];
  const ones = [await world.comment(bob, one, 'a'), await world.comment(bob, one, 'b')];
  const twos = [await world.comment(bob, two, 'a'), await world.comment(bob, two, 'b')];
  const selection = 'comments(first: $n) { edges { node { id } } pageInfo { hasNextPage } }';
  const query = `query ($n: Int) { one: post(id: "${one}") { ${selection} } two: post(id: "${two}") {
    ${selection} all: comments { edges { node { id } } } } }`;
  const data = dataOf(await world.as(ann).execute(query, { n: 1 }));
  expect(idsOf(data.one.comments)).toEqual(ones.slice(0, 1));
  expect(idsOf(data.two.comments)).toEqual(twos.slice(0, 1));
  expect(idsOf(data.two.all)).toEqual(twos);
  expect(data.one.comments.pageInfo.hasNextPage).toBe(true);
});

test('what is wrong with a comment is told', async () => {
  const postId = await world.post(ann, 'post');
  const elsewhere = await world.comment(bob, await world.post(ann, 'other'), 'there');
  const bad = async (input: object, field: string) =>
    expectError(await world.tryComment(bob, { postId, text: 'a', ...input }), 'BAD_USER_INPUT', field);
  await bad({ text: '' }, 'input.text');
  await bad({ text: 'x'.repeat(501) }, 'input.text');
  await bad({ text: 'a\u0007' }, 'input.text');
  await bad({ postId: '1' }, 'input.postId');
  await bad({ parentId: '1' }, 'input.parentId');
  await bad({ parentId: gid('Comment', uuidv7()) }, 'input.parentId');
  await bad({ parentId: elsewhere }, 'input.parentId');
  await bad({ idempotencyKey: 'k'.repeat(201) }, 'input.idempotencyKey');
  expectError(await world.tryComment(bob, { postId: gid('Post', uuidv7()), text: 'a' }), 'NOT_FOUND');
  expectError(await world.tryComment(null, { postId, text: 'a' }), 'UNAUTHENTICATED');
  expect(await world.read(ann, postId, 'commentCount')).toEqual({ commentCount: 0 });
  expect(world.loggedErrors).toEqual([]);
});

test('the same key gives the same comment and counts once', async () => {
  const postId = await world.post(ann, 'post');
  const input = { postId, text: 'once', idempotencyKey: 'k' };
  const answers = await Promise.all([1, 2, 3].map(() => world.tryComment(bob, input)));
  expect(new Set(answers.map((answer) => dataOf(answer).createComment.comment.id)).size).toBe(1);
  expect(await world.read(ann, postId, 'commentCount')).toEqual({ commentCount: 1 });
});
