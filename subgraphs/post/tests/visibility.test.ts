import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { CommentCreated } from '@socialhub/platform/contracts/post';
import { UserFollowed, UserUnfollowed, UserUpdated } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idsOf, startWorld, type World } from './world.ts';

let world: World;
const people: Record<string, string | null> = { anonymous: null };
const posts: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  const open = await world.person('open');
  const closed = await world.person('closed', { isPrivate: true });
  const stranger = await world.person('stranger');
  const follower = await world.person('follower');
  const formerFollower = await world.person('former');
  const named = await world.person('named');
  // Those whom the authors block, and who block the authors: both follow them, and are named.
  const blocked = await world.person('blocked');
  const blocking = await world.person('blocking');
  Object.assign(people, { open, closed, stranger, follower, formerFollower, named, blocked, blocking });
  for (const author of [open, closed]) {
    for (const who of [follower, blocked, blocking]) await world.follow(who, author);
    await world.follow(formerFollower, author);
    await world.unfollow(formerFollower, author);
  }
  for (const [name, author] of Object.entries({ open, closed })) {
    for (const visibility of ['PUBLIC', 'FOLLOWERS', 'MENTIONED']) {
      const id = await world.post(author, { text: 'plain #rule', visibility });
      posts[`${name} ${visibility}`] = id;
      await world.comment(author, id, 'mine');
      posts[`${name} ${visibility} to named`] = await world.post(author, {
        text: 'hi @named @blocked @blocking #rule',
        visibility,
      });
    }
    await world.block(author, blocked);
    await world.block(blocking, author);
  }
});
afterAll(() => world?.stop());

const mayRead = ['anonymous', 'stranger', 'formerFollower', 'follower', 'named'];
const everybody = [...mayRead, 'blocked', 'blocking'];
const readers: Record<string, string[]> = {
  'open PUBLIC': [...mayRead, 'open', 'closed'],
  'open PUBLIC to named': [...mayRead, 'open', 'closed'],
  'open FOLLOWERS': ['follower', 'open'],
  'open FOLLOWERS to named': ['follower', 'named', 'open'],
  'open MENTIONED': ['open'],
  'open MENTIONED to named': ['named', 'open'],
  'closed PUBLIC': ['follower', 'closed'],
  'closed PUBLIC to named': ['follower', 'named', 'closed'],
  'closed FOLLOWERS': ['follower', 'closed'],
  'closed FOLLOWERS to named': ['follower', 'named', 'closed'],
  'closed MENTIONED': ['closed'],
  'closed MENTIONED to named': ['named', 'closed'],
};

describe.each([...everybody, 'open', 'closed'])('%s', (who) => {
  const viewer = () => people[who] ?? null;
  const expected = () =>
    Object.keys(readers)
      .filter((post) => readers[post]?.includes(who))
      .sort();
  const named = (ids: string[]) =>
    Object.keys(posts)
      .filter((post) => ids.includes(posts[post] ?? ''))
      .sort();

  test('opens those posts by their address that they may read', async () => {
    const seen = await Promise.all(Object.values(posts).map((id) => world.read(viewer(), id)));
    expect(named(seen.flatMap((post) => (post ? [post.id] : [])))).toEqual(expected());
  });

  test('gets the same by reference', async () => {
    const seen = await Promise.all(
      Object.values(posts).map((id) => world.entity('Post', id, 'id', viewer())),
    );
    expect(named(seen.flatMap((answer) => dataOf(answer)._entities[0]?.id ?? []))).toEqual(expected());
  });

  test('finds the same in their authors’ lists', async () => {
    const lists = await Promise.all(
      [people.open, people.closed].map((author) =>
        world.entity('User', author ?? '', 'posts(first: 100) { edges { node { id } } }', viewer()),
      ),
    );
    expect(named(lists.flatMap((answer) => idsOf(dataOf(answer)._entities[0].posts)))).toEqual(expected());
  });

  test('finds the public ones of them in the public timeline', async () => {
    const answer = await world
      .as(viewer())
      .execute('{ publicTimeline(first: 100) { edges { node { id } } } }');
    expect(named(idsOf(dataOf(answer).publicTimeline))).toEqual(
      expected().filter((post) => post.includes('PUBLIC')),
    );
  });

  test('finds the same by a hashtag and by words', async () => {
    const posts = '(first: 100) { edges { node { id } } }'.slice(1);
    const tagged = await world.as(viewer()).execute(`{ hashtagTimeline(tag: "rule", ${posts} }`);
    expect(named(idsOf(dataOf(tagged).hashtagTimeline))).toEqual(expected());
    for (const query of ['#rule', 'rule']) {
      const answer = await world.as(viewer()).execute(`{ searchPosts(query: "${query}", ${posts} }`);
      if (viewer()) expect(named(idsOf(dataOf(answer).searchPosts))).toEqual(expected());
      else expectError(answer, 'UNAUTHENTICATED');
    }
  });

  test('comments on and reacts to those, and no others', async () => {
    if (!viewer()) return;
    for (const [name, id] of Object.entries(posts)) {
      const comment = await world.tryComment(viewer(), { postId: id, text: 'hm' });
      const reaction = await world.react(viewer(), id, '👀');
      if (expected().includes(name)) {
        dataOf(comment);
        dataOf(reaction);
      } else {
        expectError(comment, 'NOT_FOUND');
        expectError(reaction, 'NOT_FOUND');
        expectError(await world.unreact(viewer(), id, '👀'), 'NOT_FOUND');
      }
    }
  });

  test('finds nobody’s posts at home but those of people followed, and their own', async () => {
    if (!viewer()) return;
    const answer = await world
      .as(viewer())
      .execute('{ homeTimeline(first: 100) { edges { node { id author { id } } } } }');
    const followed = who === 'follower' ? ['open', 'closed'] : [who];
    expect(named(idsOf(dataOf(answer).homeTimeline))).toEqual(
      expected().filter((post) => followed.some((author) => post.startsWith(`${author} `))),
    );
  });
});

test('comments are as visible as their post', async () => {
  const { rows } = await world.db.query('SELECT id, post_id FROM comments ORDER BY id LIMIT 500');
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Comment { id post { id } } } }`;
  const representations = rows.map(({ id }) => ({ __typename: 'Comment', id: gid('Comment', id) }));
  for (const who of everybody) {
    const answer = await world.as(people[who] ?? null).execute(query, { representations });
    const expected = rows.map(({ id, post_id }) => {
      const postId = gid('Post', post_id);
      const name = Object.keys(posts).find((post) => posts[post] === postId) ?? '';
      return readers[name]?.includes(who) ? { id: gid('Comment', id), post: { id: postId } } : null;
    });
    expect(dataOf(answer)._entities).toEqual(expected);
  }
});

test('naming or answering somebody who may not read the post does not tell them of it', async () => {
  const { follower, formerFollower, open } = people as Record<string, string>;
  const postId = await world.post(open ?? '', { text: 'for few', visibility: 'FOLLOWERS' });
  await world.follow(formerFollower ?? '', open ?? '');
  const parent = await world.comment(formerFollower ?? '', postId, 'I was here');
  await world.unfollow(formerFollower ?? '', open ?? '');
  const id = await world.comment(follower ?? '', postId, '@stranger @open look', parent);
  const events = await world.published(CommentCreated);
  expect(events.find(({ commentId }) => commentId === uuidOf(id))).toMatchObject({
    mentionedIds: [open],
    parentId: uuidOf(parent),
    parentAuthorId: null,
  });
});

test('an account that becomes private hides what was public, and shows it again when it opens', async () => {
  const dan = await world.person('dan');
  const id = await world.post(dan, 'hello');
  const become = (isPrivate: boolean, sequence: bigint) =>
    world.emit(UserUpdated, { userId: dan, username: 'dan', displayName: 'Dan', isPrivate }, { sequence });
  await become(true, 1_000n);
  expect(await world.read(null, id)).toBeNull();
  await become(false, 1_002n);
  expect(await world.read(null, id)).toEqual({ id });
  await become(true, 1_001n);
  expect(await world.read(null, id), 'a late event does not override').toEqual({ id });
});

test('a late follow does not bring an ended one back', async () => {
  const eve = await world.person('eve');
  const pair = { followerId: eve, followeeId: people.open ?? '', at: new Date().toISOString() };
  await world.emit(UserUnfollowed, pair, { sequence: 2_001n });
  await world.emit(UserFollowed, pair, { sequence: 2_000n });
  expect(await world.read(eve, posts['open FOLLOWERS'] ?? '')).toBeNull();
  await world.emit(UserFollowed, pair, { sequence: 2_002n });
  expect(await world.read(eve, posts['open FOLLOWERS'] ?? '')).not.toBeNull();
});

test('a person who registers late in the order of events keeps what is known of them', async () => {
  const userId = uuidv7();
  await world.emit(UserUpdated, { userId, username: 'fay2', displayName: 'Fay', isPrivate: true });
  await world.emit(UserRegistered, {
    userId,
    username: 'fay',
    displayName: 'Fay',
    registeredAt: new Date().toISOString(),
  });
  const id = await world.post(people.open ?? '', 'hi @fay2 and @fay');
  expect(await world.read(null, id, 'mentions { id }')).toEqual({ mentions: [{ id: gid('User', userId) }] });
  expect(await world.read(null, await world.post(userId, 'hidden'))).toBeNull();
});

test('a quote that the viewer may not read is null', async () => {
  const gil = await world.person('gil');
  const quoted = await world.post(gil, 'open for now');
  const id = await world.post(people.open ?? '', { text: 'see', quoteOfId: quoted });
  expect(await world.read(null, id, 'quoteOf { id }')).toEqual({ quoteOf: { id: quoted } });
  await world.emit(UserUpdated, { userId: gil, username: 'gil', displayName: 'Gil', isPrivate: true });
  expect(await world.read(null, id, 'quoteOf { id }')).toEqual({ quoteOf: null });
});

test('a post to those whom it names is opened to nobody whose name stands in an address', async () => {
  const { open, stranger } = people as Record<string, string>;
  for (const text of [
    'https://example.org/?by=@stranger',
    'example.org/@stranger',
    'stranger@example.org, @stranger@example.org',
  ]) {
    const id = await world.post(open as string, { text, visibility: 'MENTIONED' });
    expect(await world.read(open as string, id, 'mentions { id }')).toEqual({ mentions: [] });
    expect(await world.read(stranger as string, id)).toBeNull();
  }
  const id = await world.post(open as string, { text: '＠strangerさん', visibility: 'MENTIONED' });
  expect(await world.read(stranger as string, id)).toEqual({ id });
});
