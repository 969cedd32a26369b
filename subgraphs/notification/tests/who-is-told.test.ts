import { PostDeleted, PostUpdated } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, startWorld, told, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

test('a follow is told to the one who is followed', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.follow(bob, ann);
  expect(await world.list(ann)).toEqual([told('FOLLOW', 'User', bob, bob)]);
  expect(await world.list(bob)).toEqual([]);
});

test('a request is told, and a follow takes its place', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.requestFollow(bob, ann);
  const [request] = await world.list(ann);
  expect(request).toEqual(told('FOLLOW_REQUEST', 'User', bob, bob));
  await world.markRead(ann, request?.id ?? '');
  await world.follow(bob, ann);
  expect(await world.list(ann)).toEqual([told('FOLLOW', 'User', bob, bob)]);
});

test('an unfollow takes an unread follow back, and leaves one that was read', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.follow(bob, ann);
  await world.unfollow(bob, ann);
  expect(await world.list(ann)).toEqual([]);
  await world.follow(bob, ann);
  const [row] = await world.list(ann);
  await world.markRead(ann, row?.id ?? '');
  await world.unfollow(bob, ann);
  expect(await world.list(ann)).toHaveLength(1);
  await world.follow(bob, ann);
  expect(await world.list(ann), 'told anew').toEqual([
    expect.objectContaining({ type: 'FOLLOW', readAt: null }),
  ]);
});

test('an unfollow takes a request back, read or not', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.requestFollow(bob, ann);
  await world.markRead(ann, (await world.list(ann))[0]?.id ?? '');
  await world.unfollow(bob, ann);
  expect(await world.list(ann)).toEqual([]);
});

test('follows and unfollows that come late or twice change nothing', async () => {
  const [ann, bob] = people(2) as [string, string];
  const id = uuidv7();
  await world.unfollow(bob, ann, { sequence: 11n });
  await world.follow(bob, ann, { sequence: 10n });
  expect(await world.list(ann)).toEqual([]);
  await world.follow(bob, ann, { sequence: 12n, id });
  await world.follow(bob, ann, { sequence: 12n, id });
  await world.unfollow(bob, ann, { sequence: 11n });
  expect(await world.list(ann)).toHaveLength(1);
});

test('a post is told to those who follow its author and ring for them at that time', async () => {
  const [ann, bob, cat, dan, eve] = people(5) as [string, string, string, string, string];
  await world.attend(bob, ann);
  await world.attend(cat, ann);
  await world.unfollow(cat, ann);
  await world.requestFollow(dan, ann);
  await world.follow(eve, ann);
  const open = await world.post(ann);
  const forFollowers = await world.post(ann, { visibility: 'FOLLOWERS' });
  await world.post(ann, { visibility: 'MENTIONED' });
  expect(await world.list(bob)).toEqual([
    told('POST', 'Post', forFollowers, ann),
    told('POST', 'Post', open, ann),
  ]);
  expect(await world.list(cat)).toEqual([]);
  expect(await world.list(dan)).toEqual([]);
  expect(await world.list(eve), 'who does not ring').toEqual([]);
  expect((await world.list(ann)).map(({ type }) => type)).not.toContain('POST');
});

test('one person is told once of one post: of being named before quoted before ringing', async () => {
  const [ann, bob, cat, dan] = people(4) as [string, string, string, string];
  for (const follower of [bob, cat, dan]) await world.attend(follower, ann);
  const id = await world.post(ann, {
    mentionedIds: [bob, ann],
    quoteOfId: uuidv7(),
    quoteOfAuthorId: cat,
    visibility: 'FOLLOWERS',
  });
  expect(await world.list(bob)).toEqual([told('MENTION', 'Post', id, ann)]);
  expect(await world.list(cat)).toEqual([told('QUOTE', 'Post', id, ann)]);
  expect(await world.list(dan)).toEqual([told('POST', 'Post', id, ann)]);
  const own = await world.post(ann, { quoteOfId: uuidv7(), quoteOfAuthorId: ann });
  expect((await world.list(ann)).filter(({ subject }) => [id, own].includes(uuidOf(subject.id)))).toEqual([]);
});

test('one person is told once of one comment: of a reply before being named before a comment', async () => {
  const [ann, bob, cat, dan] = people(4) as [string, string, string, string];
  const parent = { parentId: uuidv7(), parentAuthorId: bob };
  const one = await world.comment(dan, { postAuthorId: ann, ...parent, mentionedIds: [bob, cat] });
  expect(await world.list(ann)).toEqual([told('COMMENT', 'Comment', one, dan)]);
  expect(await world.list(bob)).toEqual([told('REPLY', 'Comment', one, dan)]);
  expect(await world.list(cat)).toEqual([told('MENTION', 'Comment', one, dan)]);
  expect(await world.list(dan)).toEqual([]);
  const two = await world.comment(dan, { postAuthorId: bob, ...parent });
  expect(await world.list(bob)).toContainEqual(told('REPLY', 'Comment', two, dan));
  expect(await world.list(bob)).toHaveLength(2);
  await world.comment(ann, {
    postAuthorId: ann,
    parentId: uuidv7(),
    parentAuthorId: ann,
    mentionedIds: [ann],
  });
  expect(await world.list(ann)).toHaveLength(1);
});

test('an edit tells those whom it names anew, once, and takes it back from those whom it names no more', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  const postId = await world.post(ann, { mentionedIds: [bob] });
  const edit = (mentionedIds: string[]) =>
    world.emit(PostUpdated, { postId, authorId: ann, visibility: 'PUBLIC', mentionedIds });
  await edit([bob, cat]);
  await edit([bob, cat]);
  expect(await world.list(bob)).toEqual([told('MENTION', 'Post', postId, ann)]);
  expect(await world.list(cat)).toEqual([told('MENTION', 'Post', postId, ann)]);
  await edit([cat]);
  expect(await world.list(bob)).toEqual([]);
  expect(await world.list(cat)).toHaveLength(1);
});

test('an edit that overtakes its post is what counts, and nobody is told twice', async () => {
  const [ann, bob, cat, dan] = people(4) as [string, string, string, string];
  for (const follower of [bob, cat, dan]) await world.attend(follower, ann);
  const postId = uuidv7();
  await world.emit(
    PostUpdated,
    { postId, authorId: ann, visibility: 'PUBLIC', mentionedIds: [bob] },
    { sequence: 2_000n },
  );
  await world.post(ann, { postId, mentionedIds: [cat] }, { sequence: 1_000n });
  expect(await world.list(bob)).toEqual([told('MENTION', 'Post', postId, ann)]);
  expect(await world.list(cat)).toEqual([told('POST', 'Post', postId, ann)]);
  expect(await world.list(dan)).toEqual([told('POST', 'Post', postId, ann)]);
});

test('a deleted post takes all that was told of it along, and what comes late is not told', async () => {
  const [ann, bob, cat] = people(3) as [string, string, string];
  await world.attend(bob, ann);
  const other = await world.post(ann);
  const postId = await world.post(ann, { mentionedIds: [cat] });
  const comment = { postId, postAuthorId: ann };
  const parentId = await world.comment(bob, comment);
  await world.comment(cat, { ...comment, parentId, parentAuthorId: bob, mentionedIds: [bob] });
  await world.react(ann, bob, postId);
  await world.markRead(bob, (await world.list(bob))[0]?.id ?? '');
  await world.emit(PostDeleted, { postId, authorId: ann });
  await world.react(ann, cat, postId);
  await world.unreact(ann, bob, postId);
  await world.comment(cat, { ...comment, mentionedIds: [bob] });
  await world.post(ann, { postId, mentionedIds: [cat] });
  await world.emit(PostUpdated, { postId, authorId: ann, visibility: 'PUBLIC', mentionedIds: [bob] });
  expect((await world.list(ann)).map(({ type }) => type)).toEqual(['FOLLOW']);
  expect(await world.list(bob)).toEqual([told('POST', 'Post', other, ann)]);
  expect(await world.list(cat)).toEqual([]);
});

test('an event that arrives again has no effect', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.attend(bob, ann);
  const envelope = { id: uuidv7() };
  const postId = uuidv7();
  await Promise.all([1, 2, 3].map(() => world.post(ann, { postId }, envelope)));
  expect(await world.list(bob)).toEqual([told('POST', 'Post', postId, ann)]);
});

/** So many who follow each of these authors, and ring or not. */
async function followersOf(authors: readonly string[], count: number, bell: boolean): Promise<string[]> {
  const followers = people(count);
  await world.db.query(
    `INSERT INTO follows (follower_id, followee_id, active, sequence, bell, bell_sequence)
     SELECT f, a, true, 1, $3, 2 FROM unnest($1::uuid[]) AS f, unnest($2::uuid[]) AS a`,
    [followers, authors, bell],
  );
  return followers;
}

/** How many notifications there are of what somebody did. */
const rowsOf = async (authorId: string): Promise<number> =>
  (await world.db.query('SELECT 1 FROM notification_actors WHERE actor_id = $1', [authorId])).rows.length;

test.each([
  ['nobody follows', 0, 0],
  ['five thousand follow, of whom none rings', 5_000, 0],
  ['five thousand follow, of whom one rings', 4_999, 1],
  ['a thousand follow who all ring', 0, 1_000],
])('a post takes five statements when %s', async (_what, silent, ringing) => {
  const ann = uuidv7();
  await followersOf([ann], silent, false);
  const ringers = await followersOf([ann], ringing, true);
  let postId = '';
  const statements = await world.countQueries(async () => {
    postId = await world.post(ann);
  });
  // That it was applied, the lock of the post, the number of its event, the author's standing, and one that tells them all.
  expect(statements).toBe(5);
  expect(await rowsOf(ann)).toBe(ringing);
  for (const ringer of ringers.slice(-1))
    expect(await world.list(ringer)).toEqual([told('POST', 'Post', postId, ann)]);
});

test('many posts by many authors to the same followers at once are all told, and numbered without a gap', async () => {
  const authors = people(6);
  const followers = await followersOf(authors, 20, true);
  await Promise.all(authors.flatMap((author) => [world.post(author), world.post(author)]));
  for (const follower of followers) expect(await world.list(follower)).toHaveLength(12);
  const { rows } = await world.db.query(
    `SELECT recipient_id, array_agg(change_seq::int ORDER BY change_seq) AS numbers FROM notifications
     WHERE recipient_id = ANY ($1::uuid[]) GROUP BY recipient_id`,
    [followers],
  );
  for (const { numbers } of rows) expect(numbers).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  expect(world.loggedErrors).toEqual([]);
});
