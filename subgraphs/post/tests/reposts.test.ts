import { PostReposted, RepostUndone } from '@socialhub/platform/contracts/post';
import { UserUpdated } from '@socialhub/platform/contracts/user';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { idsOf, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let count = 0;
const person = (options = {}) => world.person(`reposter${++count}`, options);
const profileOf = async (viewer: string | null, author: string): Promise<string[]> =>
  idsOf(
    dataOf(
      await world
        .as(viewer)
        .execute(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { posts(first: 100) { edges { node { id } } } } } }',
          { of: [{ __typename: 'User', id: gid('User', author) }] },
        ),
    )._entities[0].posts,
  );
const rowsOf = async (postId: string) =>
  (
    await world.db.query(
      `SELECT p.repost_count AS counted, (SELECT count(*)::int FROM posts r WHERE r.repost_of_id = p.id) AS there
       FROM posts p WHERE id = $1`,
      [uuidOf(postId)],
    )
  ).rows[0];
const eventsOf = async (contract: typeof PostReposted | typeof RepostUndone, postId: string) =>
  (await world.published(contract as typeof PostReposted)).filter((event) => event.postId === uuidOf(postId));
const aModerator = async (): Promise<Viewer> => {
  const userId = await person();
  await world.stands(userId, 'ACTIVE', { role: 'MODERATOR' });
  return { userId, sessionId: uuidv7(), role: 'MODERATOR', scopes: ['moderate'] };
};
const removePost = async (postId: string) =>
  world
    .as(await aModerator())
    .execute(
      'mutation ($id: ID!) { removePost(input: { postId: $id, reason: "spam" }) { standing { removal { reason } } } }',
      { id: postId },
    );

it('reposts once, however often and in parallel, and says so once', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'post');
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.tryRepost(bob, postId)));
  const made = answers.map((answer) => dataOf(answer).repost);
  for (const { post } of made) expect(post).toEqual({ id: postId, repostCount: 1, viewerHasReposted: true });
  const [repostId, ...others] = new Set(made.map(({ repost }) => repost.id));
  expect(others).toEqual([]);
  expect(await rowsOf(postId)).toEqual({ counted: 1, there: 1 });
  expect(await eventsOf(PostReposted, postId)).toEqual([
    expect.objectContaining({ postAuthorId: ann, userId: bob, repostId: uuidOf(repostId ?? '') }),
  ]);
  expect(
    await world.read(null, repostId ?? '', 'text author { id } visibility repostOf { id text } commentCount'),
  ).toEqual({
    text: '',
    author: { id: gid('User', bob) },
    visibility: 'PUBLIC',
    repostOf: { id: postId, text: 'post' },
    commentCount: 0,
  });
  expect(await world.read(ann, postId, 'repostOf { id } viewerHasReposted repostCount')).toEqual({
    repostOf: null,
    viewerHasReposted: false,
    repostCount: 1,
  });
  expect(world.loggedErrors).toEqual([]);
});

it('undoes it once, and by the deletion of the repost; what is not there changes nothing', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'post');
  for (let times = 0; times < 2; times += 1) {
    const repostId = await world.repost(bob, postId);
    const undone = await Promise.all(Array.from({ length: 20 }, () => world.undoRepost(bob, postId)));
    for (const answer of undone)
      expect(dataOf(answer).undoRepost.post).toEqual({
        id: postId,
        repostCount: 0,
        viewerHasReposted: false,
      });
    expect(await world.read(bob, repostId)).toBeNull();
  }
  expect(await eventsOf(RepostUndone, postId)).toHaveLength(2);
  const repostId = await world.repost(bob, postId);
  expectError(await world.remove(ann, repostId), 'NOT_FOUND');
  expect(dataOf(await world.remove(bob, repostId)).deletePost.deletedId).toBe(repostId);
  expectError(await world.remove(bob, repostId), 'NOT_FOUND');
  expect(await rowsOf(postId)).toEqual({ counted: 0, there: 0 });
  expect(await eventsOf(RepostUndone, postId)).toHaveLength(3);
  expect(world.loggedErrors).toEqual([]);
});

describe('only what everybody may read is reposted', () => {
  let [ann, fan, stranger] = ['', '', ''];
  beforeAll(async () => {
    [ann, fan, stranger] = [await person(), await person(), await person()];
    await world.follow(fan, ann);
  });
  const refused = (who: string | null, postId: string) =>
    world.tryRepost(who, postId).then((answer) => expectError(answer, 'BAD_USER_INPUT', 'input.postId'));
  const unknown = (who: string | null, postId: string) =>
    world.tryRepost(who, postId).then((answer) => expectError(answer, 'NOT_FOUND'));

  test('not what is for followers, nor what is for those whom it names, by its author neither', async () => {
    const forFollowers = await world.post(ann, { text: 'mine', visibility: 'FOLLOWERS' });
    await refused(fan, forFollowers);
    await refused(ann, forFollowers);
    await unknown(stranger, forFollowers);
    const name = `reposter${count}`;
    const forNamed = await world.post(ann, { text: `to @${name}`, visibility: 'MENTIONED' });
    await refused(stranger, forNamed);
    await unknown(fan, forNamed);
  });

  test('not what is by somebody whose account is private', async () => {
    const keeper = await person({ isPrivate: true });
    await world.follow(fan, keeper);
    const postId = await world.post(keeper, 'for my followers');
    await refused(fan, postId);
    await refused(keeper, postId);
    await unknown(stranger, postId);
  });

  test('not what moderators removed, nor what was deleted', async () => {
    const [removed, deleted] = [await world.post(ann, 'removed'), await world.post(ann, 'deleted')];
    dataOf(await removePost(removed));
    await refused(ann, removed);
    await unknown(fan, removed);
    dataOf(await world.remove(ann, deleted));
    await unknown(fan, deleted);
    expect(dataOf(await world.undoRepost(fan, deleted)).undoRepost.post).toBeNull();
  });

  test('not what is by somebody with whom one cannot interact', async () => {
    const [blocker, blocked, suspended] = [await person(), await person(), await person()];
    const ids = [
      await world.post(blocker, 'a'),
      await world.post(blocked, 'b'),
      await world.post(suspended, 'c'),
    ];
    await world.block(blocker, fan);
    await world.block(fan, blocked);
    await world.stands(suspended, 'SUSPENDED');
    for (const postId of ids) await unknown(fan, postId);
  });

  test('not signed out, nor by an id of another type; one’s own is', async () => {
    const postId = await world.post(ann, 'mine');
    expectError(await world.tryRepost(null, postId), 'UNAUTHENTICATED');
    expectError(await world.undoRepost(null, postId), 'UNAUTHENTICATED');
    for (const act of [world.tryRepost, world.undoRepost])
      expectError(await act(ann, gid('User', ann)), 'BAD_USER_INPUT', 'input.postId');
    await world.repost(ann, postId);
    expect(await rowsOf(postId)).toEqual({ counted: 1, there: 1 });
  });
});

it('nothing is put on a repost, done to it or made of it', async () => {
  const [ann, bob] = [await person(), await person()];
  const repostId = await world.repost(bob, await world.post(ann, 'post'));
  const bookmark = 'mutation ($id: ID!) { bookmarkPost(input: { postId: $id }) { post { id } } }';
  const update = 'mutation ($id: ID!) { updatePost(input: { postId: $id, text: "mine" }) { post { id } } }';
  for (const answer of [
    await world.tryComment(ann, { postId: repostId, text: 'hm' }),
    await world.react(ann, repostId, '👍'),
    await world.unreact(ann, repostId, '👍'),
    await world.as(ann).execute(bookmark, { id: repostId }),
    await world.as(bob).execute(update, { id: repostId }),
    await world.tryRepost(ann, repostId),
    await world.undoRepost(bob, repostId),
    await removePost(repostId),
  ]) {
    expectError(answer, 'BAD_USER_INPUT', 'input.postId');
    expect(answer.errors?.[0]?.message).toContain('is a repost: name the post that it is of');
  }
  expectError(
    await world.tryPost(ann, { text: 'see', quoteOfId: repostId }),
    'BAD_USER_INPUT',
    'input.quoteOfId',
  );
  expect(await world.read(ann, repostId, 'text repostOf { text commentCount quoteCount }')).toEqual({
    text: '',
    repostOf: { text: 'post', commentCount: 0, quoteCount: 0 },
  });
});

it('goes with the post, at once for all who look, however many there are', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'viral');
  const repostId = await world.repost(bob, postId);
  await world.db.query(
    `INSERT INTO posts (id, author_id, text, visibility, repost_of_id)
     SELECT gen_random_uuid(), gen_random_uuid(), '', 'PUBLIC', $1 FROM generate_series(1, 1000)`,
    [uuidOf(postId)],
  );
  dataOf(await world.remove(ann, postId));
  expect(await world.read(bob, repostId)).toBeNull();
  expect(await profileOf(bob, bob)).toEqual([]);
  const left = async () =>
    (
      await world.db.query('SELECT count(*)::int AS left FROM posts WHERE repost_of_id = $1', [
        uuidOf(postId),
      ])
    ).rows[0].left;
  await until(async () => (await left()) === 0, { what: 'the end of the reposts' });
  expectError(await world.tryRepost(bob, postId), 'NOT_FOUND');
  expectError(await world.remove(bob, repostId), 'NOT_FOUND');
});

it('stands on the profile, not in the public timeline, and is no post that is counted', async () => {
  const [ann, bob] = [await person(), await person()];
  const postId = await world.post(ann, 'post');
  const own = await world.post(bob, 'own');
  const repostId = await world.repost(bob, postId);
  expect(await profileOf(null, bob)).toEqual([repostId, own]);
  const { publicTimeline } = dataOf(
    await world.as(null).execute('{ publicTimeline(first: 2) { edges { node { id } } } }'),
  );
  expect(idsOf(publicTimeline)).toEqual([own, postId]);
  const ofUser = '{ _entities(representations: $of) { ... on User { postCount } } }';
  const { _entities } = dataOf(
    await world
      .as(null)
      .execute(`query ($of: [_Any!]!) ${ofUser}`, { of: [{ __typename: 'User', id: gid('User', bob) }] }),
  );
  expect(_entities).toEqual([{ postCount: 1 }]);
});

describe('a repost is seen by whoever can interact with the reposter and may read the post', () => {
  /** An author, a reposter, whoever follows him, and the repost. */
  async function scene(options = {}) {
    const [ann, bob, fan] = [await person(), await person(options), await person()];
    await world.follow(fan, bob);
    const postId = await world.post(ann, 'post');
    return { ann, bob, fan, postId, repostId: await world.repost(bob, postId) };
  }
  const seesIt = async (who: string | null, { bob, repostId }: { bob: string; repostId: string }) => {
    const found = (await world.read(who, repostId)) !== null;
    expect((await profileOf(who, bob)).includes(repostId)).toBe(found);
    if (who !== null) {
      const { homeTimeline } = dataOf(
        await world.as(who).execute('{ homeTimeline(first: 100) { edges { node { id } } } }'),
      );
      expect([found, false]).toContain(idsOf(homeTimeline).includes(repostId));
    }
    return found;
  };
  const seenBy = async (all: Awaited<ReturnType<typeof scene>>) => ({
    author: await seesIt(all.ann, all),
    reposter: await seesIt(all.bob, all),
    fan: await seesIt(all.fan, all),
    nobody: await seesIt(null, all),
  });
  const everybody = { author: true, reposter: true, fan: true, nobody: true };
  const setPrivate = (userId: string) =>
    world.emit(UserUpdated, { userId, username: `keeper${++count}`, displayName: 'k', isPrivate: true });

  test('everybody, at first', async () => {
    expect(await seenBy(await scene())).toEqual(everybody);
  });

  test('of a private reposter his followers alone', async () => {
    const all = await scene({ isPrivate: true });
    expect(await seenBy(all)).toEqual({ ...everybody, author: false, nobody: false });
  });

  test('of what has become private nobody but the author’s followers', async () => {
    const all = await scene();
    await world.follow(all.fan, all.ann);
    await setPrivate(all.ann);
    expect(await seenBy(all)).toEqual({ author: true, reposter: false, fan: true, nobody: false });
    expect(dataOf(await world.undoRepost(all.bob, all.postId)).undoRepost.post).toBeNull();
    expect(await rowsOf(all.postId)).toEqual({ counted: 0, there: 0 });
  });

  test('of what moderators removed its author, and moderators', async () => {
    const all = await scene();
    dataOf(await removePost(all.postId));
    expect(await seenBy(all)).toEqual({ author: true, reposter: false, fan: false, nobody: false });
    const asked = await world
      .as(await aModerator())
      .execute('query ($id: ID!) { post(id: $id) { repostOf { id } } }', { id: all.repostId });
    expect(dataOf(asked).post.repostOf.id).toBe(all.postId);
  });

  test('of what was deleted nobody', async () => {
    const all = await scene();
    dataOf(await world.remove(all.ann, all.postId));
    expect(await seenBy(all)).toEqual({ author: false, reposter: false, fan: false, nobody: false });
    const { rows } = await world.db.query('SELECT count(*) FROM posts WHERE id = $1', [uuidOf(all.repostId)]);
    expect(rows[0].count).toBe('0');
  });

  test('of what is by somebody suspended its author', async () => {
    const all = await scene();
    await world.stands(all.ann, 'SUSPENDED');
    expect(await seenBy(all)).toEqual({ author: true, reposter: false, fan: false, nobody: false });
  });

  test('of a suspended reposter himself', async () => {
    const all = await scene();
    await world.stands(all.bob, 'SUSPENDED');
    expect(await seenBy(all)).toEqual({ author: false, reposter: true, fan: false, nobody: false });
  });

  test('nobody whom the author blocks, or who blocks the author', async () => {
    const all = await scene();
    await world.block(all.ann, all.fan);
    expect(await seenBy(all)).toEqual({ ...everybody, fan: false });
    await world.block(all.bob, all.ann);
    expect(await seenBy(all)).toEqual({ author: false, reposter: false, fan: false, nobody: true });
  });

  test('nobody whom the reposter blocks', async () => {
    const all = await scene();
    await world.block(all.bob, all.fan);
    expect(await seenBy(all)).toEqual({ ...everybody, fan: false });
  });
});

describe('the quotes of a post are counted', () => {
  const quoteCount = async (postId: string) => (await world.read(null, postId, 'quoteCount'))?.quoteCount;

  test('when one is written, and less when one is deleted', async () => {
    const [ann, bob] = [await person(), await person()];
    const postId = await world.post(ann, 'post');
    const quotes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        world.post(n % 2 ? ann : bob, { text: `${n}`, quoteOfId: postId }),
      ),
    );
    expect(await quoteCount(postId)).toBe(20);
    expectError(await world.tryPost(bob, { text: '', quoteOfId: postId }), 'BAD_USER_INPUT');
    const answers = await Promise.all(
      quotes.slice(0, 15).flatMap((id, n) => [n, n].map((by) => world.remove(by % 2 ? ann : bob, id))),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(15);
    expect(await quoteCount(postId)).toBe(5);
    expectError(await world.remove(ann, quotes[16] ?? ''), 'NOT_FOUND');
    expect(await quoteCount(postId)).toBe(5);
    expect(world.loggedErrors).toEqual([]);
  });

  test('whose end comes after that of the post', async () => {
    const [ann, bob] = [await person(), await person()];
    const postId = await world.post(ann, 'post');
    const quote = await world.post(bob, { text: 'see', quoteOfId: postId });
    dataOf(await world.remove(ann, postId));
    expect(await world.read(bob, quote, 'text quoteOf { id }')).toEqual({ text: 'see', quoteOf: null });
    dataOf(await world.remove(bob, quote));
  });
});

describe('in parallel', () => {
  /** Whatever else happens to it, those who are asked answer, or say that it is gone. */
  const codes = (answers: Awaited<ReturnType<typeof world.tryRepost>>[]) =>
    new Set(answers.map(({ errors }) => errors?.[0]?.extensions?.code ?? 'done'));

  test('reposting and undoing leave the count of what is there', async () => {
    const [ann, ...others] = await Promise.all(Array.from({ length: 6 }, () => person()));
    const postId = await world.post(ann ?? '', 'post');
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 3 === 0 ? world.undoRepost : world.tryRepost)(others[n % 5] ?? '', postId),
      ),
    );
    expect([...codes(answers)]).toEqual(['done']);
    const { counted, there } = await rowsOf(postId);
    expect(counted).toBe(there);
    const told =
      (await eventsOf(PostReposted, postId)).length - (await eventsOf(RepostUndone, postId)).length;
    expect(told).toBe(there);
    expect(world.loggedErrors).toEqual([]);
  });

  test.each(Array.from({ length: 5 }, (_, round) => round))(
    'so does the end of the post, which waits for nobody in vain (round %i)',
    async () => {
      const [ann = '', ...others] = await Promise.all(Array.from({ length: 9 }, () => person()));
      const root = await world.post(ann, 'root');
      const postId = await world.post(ann, { text: 'post', quoteOfId: root });
      const quotes = await Promise.all(
        others.map((who) => world.post(who, { text: 'see', quoteOfId: postId })),
      );
      for (const who of others.slice(0, 4)) await world.repost(who, postId);
      const answers = await Promise.all([
        ...others.map((who) => world.tryRepost(who, postId)),
        ...others.map((who) => world.undoRepost(who, postId)),
        ...others.map((who) => world.tryPost(who, { text: 'too', quoteOfId: postId })),
        ...others.map((who, n) => world.remove(who, quotes[n] ?? '')),
        world.remove(ann, postId),
        ...others.map((who, n) => world.react(who, quotes[n] ?? '', '👍')),
        ...others.map((who) => world.tryPost(who, { text: 'root', quoteOfId: root })),
      ]);
      for (const code of codes(answers)) expect(['done', 'NOT_FOUND']).toContain(code);
      expect(await rowsOf(postId)).toBeUndefined();
      const { rows } = await world.db.query('SELECT quote_count FROM posts WHERE id = $1', [uuidOf(root)]);
      expect(rows).toEqual([{ quote_count: others.length }]);
      expect(world.loggedErrors).toEqual([]);
    },
  );

  test('no two of all these transactions had to be parted because each waited for the other', async () => {
    const { rows } = await world.db.query(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: '0' }]);
  });
});
