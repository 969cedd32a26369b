import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { exported } from '@socialhub/platform/testing/exported';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('exports what somebody wrote, whole and in order, and nothing that others did', async () => {
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const ids: string[] = [];
  for (let count = 0; count < 120; count += 1) ids.push(await world.post(ada, `No. ${count}`));
  const theirs = await world.post(bob, 'Bob was here');
  const mine = await world.comment(ada, theirs, 'So was I');
  await world.comment(bob, ids[0] ?? '', 'And here');
  dataOf(await world.react(ada, theirs, '👍'));
  dataOf(await world.react(bob, ids[0] ?? '', '👍'));
  dataOf(
    await world
      .as(ada)
      .execute('mutation ($input: UpdatePostInput!) { updatePost(input: $input) { post { id } } }', {
        input: { postId: ids[1], text: 'Better' },
      }),
  );
  dataOf(
    await world
      .as(ada)
      .execute('mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }', {
        id: theirs,
      }),
  );
  dataOf(
    await world
      .as(bob)
      .execute('mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }', {
        id: ids[0],
      }),
  );
  const onComment =
    'mutation ($id: ID!) { reactToComment(input: { commentId: $id, emoji: "👍" }) { comment { id } } }';
  dataOf(await world.as(ada).execute(onComment, { id: mine }));
  dataOf(await world.as(bob).execute(onComment, { id: mine }));
  const edit =
    'mutation ($id: ID!) { updateComment(input: { commentId: $id, text: "Me too" }) { comment { id } } }';
  dataOf(await world.as(ada).execute(edit, { id: mine }));
  await world.repost(ada, theirs);
  await world.repost(bob, ids[0] ?? '');
  const files = await exported(world, ada);
  expect(files.posts?.pop()).toMatchObject({ text: '', repostOfId: uuidOf(theirs) });
  expect(files.posts?.map((post) => post.id)).toEqual(ids.map(uuidOf));
  expect(files.posts?.[1]).toMatchObject({ text: 'Better', visibility: 'PUBLIC' });
  expect(files['post-edits']).toMatchObject([{ postId: uuidOf(ids[1] ?? ''), text: 'No. 1' }]);
  expect(files.comments).toMatchObject([{ id: uuidOf(mine), postId: uuidOf(theirs), text: 'Me too' }]);
  expect(files['comment-edits']).toMatchObject([{ commentId: uuidOf(mine), text: 'So was I' }]);
  expect(files['comment-reactions']).toMatchObject([{ commentId: uuidOf(mine), emoji: '👍' }]);
  expect(files.reactions).toMatchObject([{ postId: uuidOf(theirs), emoji: '👍' }]);
  expect(files.bookmarks).toMatchObject([{ postId: uuidOf(theirs) }]);
  expect(JSON.stringify(files)).not.toMatch(/Bob was here|And here/);
  expect(await archiveFaults(world, 'post', files)).toEqual([]);
});
