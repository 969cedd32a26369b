import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let count = 0;
const person = () => world.person(`home${++count}`);

/** What stands at home, page by page. */
const home = (who: string, first = 100) =>
  allPages(
    async (after) =>
      dataOf(
        await world.as(who).execute(
          `query ($first: Int, $after: String) { homeTimeline(first: $first, after: $after) {
            edges { node { id } } pageInfo { endCursor hasNextPage } } }`,
          { first, after },
        ),
      ).homeTimeline,
  );

/** Somebody, with people whom they follow. */
async function follower(followed: number): Promise<[string, ...string[]]> {
  const [me, ...others] = await Promise.all(Array.from({ length: followed + 1 }, () => person()));
  for (const one of others) await world.follow(me ?? '', one);
  return [me ?? '', ...others];
}

test('a post that those one follows repost stands there once, as its first repost, page by page', async () => {
  const [me, bob = '', cat = '', dan = ''] = await follower(3);
  const stranger = await person();
  const posts: string[] = [];
  for (let n = 0; n < 6; n += 1) posts.push(await world.post(stranger, `post ${n}`));
  const first: string[] = [];
  for (const [n, postId] of posts.entries()) {
    first.unshift(await world.repost([bob, cat, dan][n % 3] ?? '', postId));
    await world.repost([cat, dan, bob][n % 3] ?? '', postId);
  }
  for (const postId of posts) for (const who of [bob, cat, dan]) await world.repost(who, postId);
  expect(await home(me)).toEqual(first);
  for (const size of [1, 2, 5]) expect(await home(me, size)).toEqual(first);
});

test('what one follows the author of, or wrote, stands there as itself, and one’s own reposts stand there', async () => {
  const [me, bob = '', cat = ''] = await follower(2);
  const stranger = await person();
  const [theirs, mine, strange] = [
    await world.post(bob, 'by bob'),
    await world.post(me, 'mine'),
    await world.post(stranger, 'strange'),
  ];
  for (const postId of [theirs, mine]) for (const who of [cat, me]) await world.repost(who, postId);
  const own = await world.repost(me, strange);
  await world.repost(cat, strange);
  expect(await home(me)).toEqual([own, mine, theirs]);
  await world.unfollow(me, bob);
  expect(await home(me)).toEqual([own, expect.any(String), mine]);
});

test('the next repost takes the place of one that is undone, or of somebody whom one follows no more or who is suspended', async () => {
  const [me, bob = '', cat = '', dan = '', eve = ''] = await follower(4);
  const postId = await world.post(await person(), 'post');
  const reposts: string[] = [];
  for (const who of [bob, cat, dan, eve]) reposts.push(await world.repost(who, postId));
  const [first, second, third, fourth] = reposts;
  expect(await home(me)).toEqual([first]);
  dataOf(await world.undoRepost(bob, postId));
  expect(await home(me)).toEqual([second]);
  await world.unfollow(me, cat);
  expect(await home(me)).toEqual([third]);
  await world.stands(dan, 'SUSPENDED');
  expect(await home(me)).toEqual([fourth]);
});

test('an earlier repost is looked for among the hundred before', async () => {
  const [me, bob = '', cat = ''] = await follower(2);
  const postId = await world.post(await person(), 'viral');
  const first = await world.repost(bob, postId);
  const crowd = async (size: number) =>
    world.db.query(
      `INSERT INTO posts (id, author_id, text, visibility, hashtags, mentioned_ids, media_ids, repost_of_id)
       SELECT gen_random_uuid(), gen_random_uuid(), '', 'PUBLIC', '{}', '{}', '{}', $1 FROM generate_series(1, $2::int)`,
      [uuidOf(postId), size],
    );
  await crowd(99);
  const second = await world.repost(cat, postId);
  expect(await home(me)).toEqual([first]);
  dataOf(await world.undoRepost(cat, postId));
  await crowd(1);
  expect(await home(me)).not.toContain(second);
  const third = await world.repost(cat, postId);
  expect(await home(me)).toEqual([third, first]);
});

test('comes live, once, to those who would find it at home', async () => {
  const [me, bob = '', cat = ''] = await follower(2);
  const stranger = await person();
  const [theirs, strange] = [await world.post(bob, 'by bob'), await world.post(stranger, 'strange')];
  const received: { cursor: string; id: string; of: string | null }[] = [];
  const listen = (after?: string) => {
    const stream = world
      .as(me)
      .subscribe(
        'subscription ($after: String) { homeTimelineEvents(after: $after) { cursor post { id repostOf { id } } } }',
        { after },
      );
    const reading = (async () => {
      for await (const answer of stream) {
        const { cursor, post } = dataOf(answer).homeTimelineEvents;
        received.push({ cursor, id: post.id, of: post.repostOf?.id ?? null });
      }
    })();
    return async () => {
      await stream.return?.();
      await reading;
    };
  };
  const heard = (id: string) => until(async () => received.some((one) => one.id === id));
  let stop = listen();
  const begin = await world.post(me, 'begin');
  await heard(begin);
  await world.repost(cat, theirs);
  const expected = [begin, await world.repost(cat, strange)];
  await heard(expected[1] ?? '');
  await stop();
  const cursor = received.at(-1)?.cursor;
  await world.repost(bob, strange);
  await world.repost(stranger, theirs);
  const missed = await world.repost(cat, await world.post(stranger, 'more'));
  stop = listen(cursor);
  await heard(missed);
  await world.repost(me, strange);
  const last = await world.post(me, 'last');
  await heard(last);
  await stop();
  expect(received.map(({ id }) => id)).toEqual([...expected, missed, last]);
  expect(received[1]?.of).toBe(strange);
});

test('many who repost at the same moment are heard of once', async () => {
  const [me, ...others] = await follower(12);
  const stranger = await person();
  const posts = await Promise.all(Array.from({ length: 6 }, (_, n) => world.post(stranger, `post ${n}`)));
  const received: string[] = [];
  const stream = world
    .as(me)
    .subscribe('subscription { homeTimelineEvents { cursor post { id repostOf { id } } } }');
  const reading = (async () => {
    for await (const answer of stream) {
      const { post } = dataOf(answer).homeTimelineEvents;
      received.push(post.repostOf?.id ?? post.id);
    }
  })();
  const begin = await world.post(me, 'begin');
  await until(async () => received.includes(begin));
  await Promise.all(posts.flatMap((postId) => others.map((who) => world.repost(who, postId))));
  const last = await world.post(me, 'last');
  await until(async () => received.includes(last));
  await stream.return?.();
  await reading;
  expect(received.toSorted()).toEqual([begin, ...posts, last].toSorted());
});
