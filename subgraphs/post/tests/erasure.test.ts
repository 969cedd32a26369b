import { PostDeleted } from '@socialhub/platform/contracts/post';
import { erased } from '@socialhub/platform/testing/erased';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('erases what somebody wrote and leaves what others did, with their places', async () => {
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  await world.follow(bob, ada);
  const mine = await world.post(ada, 'Mine');
  await world.db.query(
    `INSERT INTO posts (id, author_id, text, visibility)
     SELECT gen_random_uuid(), $1, 'more', 'PUBLIC' FROM generate_series(1, 205)`,
    [ada],
  );
  const theirs = await world.post(bob, 'Theirs');
  const quote = await world.post(bob, { text: 'Look', quoteOfId: mine });
  const underMine = await world.comment(bob, mine, 'On yours');
  await world.comment(ada, mine, 'On my own', underMine);
  const underTheirs = await world.comment(ada, theirs, 'I was here');
  const reply = await world.comment(bob, theirs, 'So you were', underTheirs);
  for (const [who, post] of [
    [ada, theirs],
    [bob, theirs],
    [bob, mine],
  ] as const) {
    dataOf(await world.react(who, post, '👍'));
  }
  dataOf(await world.react(ada, theirs, '🎉'));
  for (const [who, comment] of [
    [bob, underMine],
    [ada, reply],
    [bob, reply],
    [bob, underTheirs],
  ] as const) {
    dataOf(
      await world
        .as(who)
        .execute(
          'mutation ($id: ID!) { reactToComment(input: { commentId: $id, emoji: "👍" }) { comment { id } } }',
          {
            id: comment,
          },
        ),
    );
  }
  dataOf(
    await world
      .as(ada)
      .execute(
        'mutation ($id: ID!) { updateComment(input: { commentId: $id, text: "No" }) { comment { id } } }',
        {
          id: underTheirs,
        },
      ),
  );
  await world.mute(ada, bob);
  await world.mute(bob, ada);
  for (const [who, post] of [
    [ada, theirs],
    [bob, mine],
    [bob, theirs],
  ] as const) {
    dataOf(
      await world
        .as(who)
        .execute('mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }', {
          id: post,
        }),
    );
  }
  const [seen, quoted] = [await world.repost(ada, theirs), await world.post(bob, 'Quoted')];
  for (const who of [ada, bob]) await world.repost(who, mine);
  await world.repost(bob, theirs);
  await world.post(ada, { text: 'See', quoteOfId: quoted });
  await world.post(ada, { text: 'Mine again', quoteOfId: mine });
  expect(await world.read(bob, quoted, 'quoteCount')).toEqual({ quoteCount: 1 });
  expect(await erased(world, ada)).toEqual({
    reactionsUnderPosts: 1,
    commentsUnderPosts: 2,
    reactionsToPosts: 1,
    bookmarksOnPosts: 1,
    repostsOfPosts: 2,
    reposts: 1,
    posts: 208,
    reactionsToComments: 1,
    commentEdits: 1,
    comments: 1,
    reactions: 2,
    commentReactions: 1,
    bookmarks: 1,
    follows: 1,
    blocks: 0,
    mutes: 2,
    readyMedia: 0,
    people: 1,
  });
  for (const gone of [mine, seen]) expect(await world.read(bob, gone)).toBeNull();
  expect(await world.read(bob, quoted, 'quoteCount')).toEqual({ quoteCount: 0 });
  expect(await world.read(bob, theirs, 'repostCount')).toEqual({ repostCount: 1 });
  expect(await world.read(bob, quote, 'text quoteOf { id }')).toEqual({ text: 'Look', quoteOf: null });
  const left = await world.read(
    bob,
    theirs,
    `commentCount reactions { emoji count }
     comments(first: 5) { edges { node { id text author { id } deletedAt replyCount
       reactions { count } replies(first: 5) { edges { node { id text reactions { count } } } } } } }`,
  );
  expect(left).toMatchObject({ commentCount: 2, reactions: [{ emoji: '👍', count: 1 }] });
  expect(left.comments.edges.map((edge: { node: unknown }) => edge.node)).toEqual([
    {
      id: underTheirs,
      text: '',
      author: null,
      deletedAt: expect.any(String),
      replyCount: 1,
      reactions: [],
      replies: { edges: [{ node: { id: reply, text: 'So you were', reactions: [{ count: 1 }] } }] },
    },
  ]);
  const told = (await world.published(PostDeleted)).filter(({ authorId }) => authorId === ada);
  expect(told).toHaveLength(208);
  const everything = await world.db.query(
    `SELECT (SELECT count(*) FROM posts WHERE author_id = $1) + (SELECT count(*) FROM comments WHERE author_id = $1)
      + (SELECT count(*) FROM post_reactions WHERE user_id = $1) + (SELECT count(*) FROM author_post_counts WHERE author_id = $1)
      + (SELECT count(*) FROM comment_reactions WHERE user_id = $1) + (SELECT count(*) FROM comment_edits)
      + (SELECT count(*) FROM comment_reaction_counts WHERE count <> 1)
      + (SELECT count(*) FROM follows WHERE $1 IN (follower_id, followee_id))
      + (SELECT count(*) FROM mutes WHERE $1 IN (muter_id, muted_id)) AS count`,
    [ada],
  );
  expect(everything.rows[0].count).toBe('0');
  expect(Object.values(await erased(world, ada)).every((count) => count === 0)).toBe(true);
});
