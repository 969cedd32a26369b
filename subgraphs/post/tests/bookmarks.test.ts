import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let count = 0;
const person = () => world.person(`bookmarker${++count}`);
const bookmark = (who: string | null, postId: string) =>
  world
    .as(who)
    .execute(
      'mutation ($input: BookmarkPostInput!) { bookmarkPost(input: $input) { post { id viewerHasBookmarked } } }',
      { input: { postId } },
    );
const unbookmark = (who: string | null, postId: string) =>
  world
    .as(who)
    .execute(
      'mutation ($input: RemoveBookmarkInput!) { removeBookmark(input: $input) { post { id viewerHasBookmarked } } }',
      { input: { postId } },
    );
const pageOf = async (who: string | null, args = 'first: 100') =>
  dataOf(
    await world
      .as(who)
      .execute(
        `{ bookmarks(${args}) { edges { node { id } } pageInfo { endCursor hasNextPage hasPreviousPage } } }`,
      ),
  ).bookmarks;
const bookmarksOf = async (who: string) => idsOf(await pageOf(who));
const isBookmarkedBy = async (who: string | null, postId: string): Promise<boolean> =>
  (await world.read(who, postId, 'viewerHasBookmarked')).viewerHasBookmarked;

it('a bookmark is put once, however often and in parallel, and known to its owner alone', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'post');
  const answers = await Promise.all(Array.from({ length: 20 }, () => bookmark(bob, postId)));
  for (const answer of answers)
    expect(dataOf(answer).bookmarkPost.post).toEqual({ id: postId, viewerHasBookmarked: true });
  expect(await bookmarksOf(bob)).toEqual([postId]);
  expect(await bookmarksOf(ann)).toEqual([]);
  expect([await isBookmarkedBy(ann, postId), await isBookmarkedBy(null, postId)]).toEqual([false, false]);
});

it('one is taken away, and that it is not there changes nothing', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'post');
  dataOf(await bookmark(bob, postId));
  for (let times = 0; times < 2; times += 1)
    expect(dataOf(await unbookmark(bob, postId)).removeBookmark.post).toEqual({
      id: postId,
      viewerHasBookmarked: false,
    });
  expect(await bookmarksOf(bob)).toEqual([]);
});

it('they are listed in the order in which they were put, not in that of the posts, and page by page without a gap', async () => {
  const [ann, bob] = [await person(), await person()];
  const posts: string[] = [];
  for (let n = 0; n < 9; n += 1) posts.push(await world.post(ann, `post ${n}`));
  const order = [4, 0, 8, 1, 7, 2, 6, 3, 5].map((n) => posts[n] ?? '');
  for (const postId of order) dataOf(await bookmark(bob, postId));
  const latestFirst = order.toReversed();
  expect(await bookmarksOf(bob)).toEqual(latestFirst);
  const seen = await allPages((after) => pageOf(bob, `first: 2${after ? `, after: "${after}"` : ''}`));
  expect(seen).toEqual(latestFirst);
  dataOf(
    await world
      .as(ann)
      .execute('mutation ($id: ID!) { deletePost(input: { postId: $id }) { deletedId } }', { id: posts[7] }),
  );
  expect(await bookmarksOf(bob)).toEqual(latestFirst.filter((id) => id !== posts[7]));
});

it('what the viewer may read no more is not listed, can be taken away, and is there again with the right', async () => {
  const [ann, bob] = [await person(), await person()];
  const [hidden, other] = [await world.post(ann, 'hidden'), await world.post(await person(), 'other')];
  for (const postId of [hidden, other]) dataOf(await bookmark(bob, postId));
  await world.block(ann, bob, { sequence: 10n });
  expect(await bookmarksOf(bob)).toEqual([other]);
  await world.unblock(ann, bob, { sequence: 11n });
  expect(await bookmarksOf(bob)).toEqual([other, hidden]);
  await world.block(ann, bob, { sequence: 12n });
  expect(dataOf(await unbookmark(bob, hidden)).removeBookmark.post).toBeNull();
  await world.unblock(ann, bob, { sequence: 13n });
  expect(await bookmarksOf(bob)).toEqual([other]);
});

it('nothing is put on what one may not read, what is not there, or signed out', async () => {
  const [ann, bob] = [await person(), await person()];
  const mentioned = await world.post(ann, { text: 'for nobody', visibility: 'MENTIONED' });
  expectError(await bookmark(bob, mentioned), 'NOT_FOUND');
  const gone = await world.post(ann, 'gone');
  dataOf(
    await world
      .as(ann)
      .execute('mutation ($id: ID!) { deletePost(input: { postId: $id }) { deletedId } }', { id: gone }),
  );
  expectError(await bookmark(bob, gone), 'NOT_FOUND');
  expect(dataOf(await unbookmark(bob, gone)).removeBookmark.post).toBeNull();
  const open = await world.post(ann, 'open');
  expectError(await bookmark(null, open), 'UNAUTHENTICATED');
  expectError(await unbookmark(null, open), 'UNAUTHENTICATED');
  expectError(await world.as(null).execute('{ bookmarks { edges { cursor } } }'), 'UNAUTHENTICATED');
});

it('nobody has more than 5,000, of which one that is there may be put again', async () => {
  const [ann, bob] = [await person(), await person()];
  const [present, more] = [await world.post(ann, 'present'), await world.post(ann, 'more')];
  await world.db.query(
    `WITH written AS (
       INSERT INTO posts (id, author_id, text, visibility)
       SELECT gen_random_uuid(), $1, 'post', 'PUBLIC' FROM generate_series(1, 4999) RETURNING id)
     INSERT INTO bookmarks (user_id, post_id) SELECT $2, id FROM written`,
    [ann, bob],
  );
  dataOf(await bookmark(bob, present));
  expectError(await bookmark(bob, more), 'BAD_USER_INPUT', 'input.postId');
  dataOf(await bookmark(bob, present));
  dataOf(await unbookmark(bob, present));
  dataOf(await bookmark(bob, more));
});
