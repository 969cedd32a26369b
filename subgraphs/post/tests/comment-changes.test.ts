import { CommentCreated, CommentDeleted, CommentUpdated } from '@socialhub/platform/contracts/post';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, type OperationResult } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPages, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let count = 0;
const person = () => world.person(`talker${++count}`);
const twenty = <T>(act: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: 20 }, (_, n) => act(n)));

const edit = (who: string | null, commentId: string, text: string): Promise<OperationResult> =>
  world
    .as(who)
    .execute(
      'mutation ($input: UpdateCommentInput!) { updateComment(input: $input) { comment { id text editedAt } } }',
      { input: { commentId, text } },
    );
const remove = (who: string | null, commentId: string): Promise<OperationResult> =>
  world
    .as(who)
    .execute('mutation ($input: DeleteCommentInput!) { deleteComment(input: $input) { deletedId } }', {
      input: { commentId },
    });
const react = (who: string | null, commentId: string, emoji = '👍') =>
  world
    .as(who)
    .execute('mutation ($input: ReactToCommentInput!) { reactToComment(input: $input) { comment { id } } }', {
      input: { commentId, emoji },
    });
const whole = `id text author { id } createdAt editedAt deletedAt replyCount viewerReactions
  reactions { emoji count } removal { reason } edits(first: 100) { edges { node { text editedAt } } }`;
const read = async (who: Viewer | string | null, id: string, selection = whole) =>
  dataOf(await world.as(who).execute(`query ($id: ID!) { comment(id: $id) { ${selection} } }`, { id }))
    .comment;
const moderator = async (): Promise<Viewer> => {
  const userId = await person();
  await world.stands(userId, 'ACTIVE', { role: 'MODERATOR' });
  return { userId, sessionId: uuidv7(), role: 'MODERATOR', scopes: ['moderate'] };
};
const moderate = (by: Viewer, commentId: string) =>
  world
    .as(by)
    .execute(
      'mutation ($id: ID!) { removeComment(input: { commentId: $id, reason: "spam" }) { standing { removal { reason } } } }',
      { id: commentId },
    );

describe('a comment is edited', () => {
  it('and keeps its earlier texts, oldest first, page by page, for all who read it', async () => {
    const [ann, bob] = [await person(), await person()];
    const postId = await world.post(ann, 'post');
    const id = await world.comment(bob, postId, 'one');
    for (const text of ['two', 'three', 'three', 'four']) {
      const { comment } = dataOf(await edit(bob, id, text)).updateComment;
      expect(comment).toEqual({ id, text, editedAt: expect.any(String) });
    }
    for (const who of [bob, ann, null]) {
      const seen = await read(who, id);
      expect(seen.text).toBe('four');
      expect(seen.edits.edges.map((edge: { node: { text: string } }) => edge.node.text)).toEqual([
        'one',
        'two',
        'three',
      ]);
    }
    const texts: string[] = [];
    await allPages(async (after) => {
      const page = (
        await read(
          bob,
          id,
          `edits(first: 2${after ? `, after: "${after}"` : ''}) { edges { node { text } } pageInfo { endCursor hasNextPage } }`,
        )
      ).edits;
      texts.push(...page.edges.map((edge: { node: { text: string } }) => edge.node.text));
      return page;
    });
    expect(texts).toEqual(['one', 'two', 'three']);
  });

  it('and tells whom it names by now, if they may read the post', async () => {
    const [ann, bob, cat] = [await person(), await person(), await person()];
    await world.follow(bob, ann);
    const postId = await world.post(ann, { text: 'for few', visibility: 'FOLLOWERS' });
    const parent = await world.comment(ann, postId, 'parent');
    const id = await world.comment(bob, postId, 'nobody', parent);
    const { rows } = await world.db.query('SELECT id, username_key FROM people WHERE id = ANY ($1)', [
      [ann, cat],
    ]);
    const text = rows.map(({ username_key }) => `@${username_key}`).join(' ');
    dataOf(await edit(bob, id, text));
    dataOf(await edit(bob, id, text));
    const told = (await world.published(CommentUpdated)).filter(({ commentId }) => commentId === uuidOf(id));
    expect(told).toEqual([
      {
        commentId: uuidOf(id),
        postId: uuidOf(postId),
        postAuthorId: ann,
        parentAuthorId: ann,
        authorId: bob,
        mentionedIds: [ann],
      },
    ]);
  });

  it('by its author alone, as long as they may read the post', async () => {
    const [ann, bob, cat] = [await person(), await person(), await person()];
    await world.follow(bob, ann);
    const postId = await world.post(ann, { text: 'for few', visibility: 'FOLLOWERS' });
    const id = await world.comment(bob, postId, 'mine');
    for (const who of [ann, cat]) expectError(await edit(who, id, 'theirs'), 'NOT_FOUND');
    expectError(await edit(null, id, 'theirs'), 'UNAUTHENTICATED');
    await world.unfollow(bob, ann);
    expectError(await edit(bob, id, 'hm'), 'NOT_FOUND');
    await world.follow(bob, ann);
    await world.block(ann, bob);
    expectError(await edit(bob, id, 'hm'), 'NOT_FOUND');
    await world.unblock(ann, bob);
    expect((await read(bob, id)).text).toBe('mine');
  });

  it('but not with what is no text, what is none, or what is something else', async () => {
    const [ann, bob] = [await person(), await person()];
    const postId = await world.post(ann, 'post');
    const id = await world.comment(bob, postId, 'one');
    for (const text of ['', ' ', 'x'.repeat(501), 'a\u0007'])
      expectError(await edit(bob, id, text), 'BAD_USER_INPUT', 'input.text');
    dataOf(await edit(bob, id, 'x'.repeat(500)));
    expectError(await edit(bob, postId, 'hm'), 'BAD_USER_INPUT', 'input.commentId');
    expectError(await edit(bob, gid('Comment', uuidv7()), 'hm'), 'NOT_FOUND');
  });

  it('not when moderators removed it, and then its earlier texts are for its author and them', async () => {
    const [ann, bob, staff] = [await person(), await person(), await moderator()];
    const id = await world.comment(bob, await world.post(ann, 'post'), 'buy');
    dataOf(await edit(bob, id, 'buy watches'));
    dataOf(await moderate(staff, id));
    expectError(await edit(bob, id, 'sorry'), 'FORBIDDEN');
    for (const who of [bob, staff])
      expect((await read(who, id)).edits.edges).toMatchObject([{ node: { text: 'buy' } }]);
    for (const who of [ann, null]) expect((await read(who, id)).edits.edges).toEqual([]);
  });

  it('twenty times at once, one after the other, and the same twenty times once', async () => {
    const [ann, bob] = [await person(), await person()];
    const id = await world.comment(bob, await world.post(ann, 'post'), 'one');
    for (const answer of await twenty((n) => edit(bob, id, `text ${n}`))) dataOf(answer);
    const { text, edits } = await read(bob, id);
    const seen = [...edits.edges.map((edge: { node: { text: string } }) => edge.node.text), text];
    expect(seen.toSorted()).toEqual(['one', ...Array.from({ length: 20 }, (_, n) => `text ${n}`)].toSorted());
    for (const answer of await twenty(() => edit(bob, id, 'the same'))) dataOf(answer);
    expect((await read(bob, id)).edits.edges).toHaveLength(21);
    expect(world.loggedErrors).toEqual([]);
  });
});

describe('a comment is deleted', () => {
  it('and leaves its place, with the replies to it and nothing of its own', async () => {
    const [ann, bob, cat] = [await person(), await person(), await person()];
    const postId = await world.post(ann, 'post');
    const id = await world.comment(bob, postId, 'one');
    const reply = await world.comment(cat, postId, 'a reply', id);
    dataOf(await edit(bob, id, 'two'));
    dataOf(await react(cat, id));
    expect(dataOf(await remove(bob, id)).deleteComment).toEqual({ deletedId: id });
    for (const who of [bob, cat, null]) {
      expect(await read(who, id)).toEqual({
        id,
        text: '',
        author: null,
        createdAt: expect.any(String),
        editedAt: null,
        deletedAt: expect.any(String),
        replyCount: 1,
        reactions: [],
        viewerReactions: [],
        removal: null,
        edits: { edges: [] },
      });
    }
    const post = await world.read(
      cat,
      postId,
      'commentCount comments { edges { node { id replies { edges { node { id text } } } } } }',
    );
    expect(post).toEqual({
      commentCount: 2,
      comments: {
        edges: [{ node: { id, replies: { edges: [{ node: { id: reply, text: 'a reply' } }] } } }],
      },
    });
    const { rows } = await world.db.query(
      `SELECT (SELECT count(*) FROM comment_edits WHERE comment_id = $1)
        + (SELECT count(*) FROM comment_reactions WHERE comment_id = $1)
        + (SELECT count(*) FROM comment_reaction_counts WHERE comment_id = $1)
        + (SELECT count(*) FROM comments WHERE id = $1 AND text <> '') AS count`,
      [uuidOf(id)],
    );
    expect(rows[0].count).toBe('0');
    expect(
      (await world.published(CommentDeleted)).filter(({ commentId }) => commentId === uuidOf(id)),
    ).toEqual([{ commentId: uuidOf(id), postId: uuidOf(postId), authorId: bob }]);
  });

  it('and is answered, changed, reacted to and removed no more', async () => {
    const [ann, bob, staff] = [await person(), await person(), await moderator()];
    const postId = await world.post(ann, 'post');
    const id = await world.comment(bob, postId, 'one');
    dataOf(await remove(bob, id));
    expectError(
      await world.tryComment(ann, { postId, parentId: id, text: 'hm' }),
      'BAD_USER_INPUT',
      'input.parentId',
    );
    expectError(await edit(bob, id, 'again'), 'NOT_FOUND');
    expectError(await react(ann, id), 'NOT_FOUND');
    expectError(await remove(bob, id), 'NOT_FOUND');
    expectError(await moderate(staff, id), 'NOT_FOUND');
  });

  it('by its author alone: not by the author of the post, nor by moderators', async () => {
    const [ann, bob, staff] = [await person(), await person(), await moderator()];
    const postId = await world.post(ann, 'post');
    const id = await world.comment(bob, postId, 'one');
    for (const who of [ann, staff.userId]) expectError(await remove(who, id), 'NOT_FOUND');
    expectError(await remove(null, id), 'UNAUTHENTICATED');
    expectError(await remove(bob, postId), 'BAD_USER_INPUT', 'input.commentId');
    expectError(await remove(bob, gid('Comment', uuidv7())), 'NOT_FOUND');
    expect((await read(ann, id)).text).toBe('one');
  });

  it('also when moderators removed it, and when its author may read the post no more', async () => {
    const [ann, bob, staff] = [await person(), await person(), await moderator()];
    const postId = await world.post(ann, 'post');
    const [one, two] = [await world.comment(bob, postId, 'one'), await world.comment(bob, postId, 'two')];
    dataOf(await moderate(staff, one));
    await world.block(ann, bob);
    for (const id of [one, two]) dataOf(await remove(bob, id));
    await world.unblock(ann, bob);
    for (const who of [bob, staff]) expect(await read(who, one)).toMatchObject({ text: '', removal: null });
  });

  it('once, by twenty at once', async () => {
    const [ann, bob] = [await person(), await person()];
    const id = await world.comment(bob, await world.post(ann, 'post'), 'one');
    const answers = await twenty(() => remove(bob, id));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const answer of answers) if (answer.errors) expectError(answer, 'NOT_FOUND');
    expect(
      (await world.published(CommentDeleted)).filter(({ commentId }) => commentId === uuidOf(id)),
    ).toHaveLength(1);
  });

  it('while it is answered, changed and reacted to: every answer that was given has its place', async () => {
    const [ann, bob] = [await person(), await person()];
    for (let round = 0; round < 5; round += 1) {
      const postId = await world.post(ann, 'post');
      const id = await world.comment(bob, postId, 'one');
      const answers = await Promise.all([
        ...Array.from({ length: 10 }, (_, n) =>
          world.tryComment(n % 2 ? ann : bob, { postId, parentId: id, text: `reply ${n}` }),
        ),
        remove(bob, id),
        edit(bob, id, 'two'),
        ...['👍', '🎉'].map((emoji) => react(ann, id, emoji)),
      ]);
      const replies = answers.slice(0, 10).filter(({ errors }) => !errors);
      for (const answer of answers.slice(0, 10))
        if (answer.errors) expectError(answer, 'BAD_USER_INPUT', 'input.parentId');
      dataOf(answers[10] as OperationResult);
      for (const answer of answers.slice(11)) if (answer.errors) expectError(answer, 'NOT_FOUND');
      const post = await world.read(
        ann,
        postId,
        'commentCount comments { edges { node { replyCount deletedAt text replies(first: 100) { edges { node { id } } } } } }',
      );
      const [{ node }] = post.comments.edges;
      expect(node).toMatchObject({ replyCount: replies.length, deletedAt: expect.any(String), text: '' });
      expect(node.replies.edges).toHaveLength(replies.length);
      expect(post.commentCount).toBe(1 + replies.length);
      const { rows } = await world.db.query(
        `SELECT (SELECT count(*) FROM comment_edits WHERE comment_id = $1)
          + (SELECT count(*) FROM comment_reactions WHERE comment_id = $1)
          + (SELECT count(*) FROM comment_reaction_counts WHERE comment_id = $1) AS count`,
        [uuidOf(id)],
      );
      expect(rows[0].count).toBe('0');
    }
    expect(world.loggedErrors).toEqual([]);
  });

  it('while its post is deleted, in either order', async () => {
    const [ann, bob] = [await person(), await person()];
    for (let round = 0; round < 5; round += 1) {
      const postId = await world.post(ann, 'post');
      const id = await world.comment(bob, postId, 'one');
      const answers = await Promise.all([
        remove(bob, id),
        world.remove(ann, postId),
        edit(bob, id, 'two'),
        react(ann, id),
        world.tryComment(ann, { postId, parentId: id, text: 'hm' }),
      ]);
      dataOf(answers[1]);
      for (const answer of answers)
        if (answer.errors) expect(answer.errors[0]?.extensions?.code).toMatch(/NOT_FOUND|BAD_USER_INPUT/);
    }
    expect((await world.published(CommentCreated)).length).toBeGreaterThan(0);
    expect(world.loggedErrors).toEqual([]);
  });
});
