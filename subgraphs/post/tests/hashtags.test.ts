import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let bob: string;
beforeAll(async () => {
  world = await startWorld();
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
});
afterAll(() => world?.stop());

const query = `query ($tag: String!, $first: Int, $after: String) {
  hashtagTimeline(tag: $tag, first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { endCursor hasNextPage } } }`;
const ask = (who: string | null, tag: string, args: { first?: number; after?: string | null } = {}) =>
  world.as(who).execute(query, { tag, ...args });
const pageOf = async (who: string | null, tag: string, args?: { first?: number; after?: string | null }) =>
  dataOf(await ask(who, tag, args)).hashtagTimeline;
const listOf = async (who: string | null, tag: string) => idsOf(await pageOf(who, tag, { first: 100 }));

it('posts with a tag come newest first, however it is written', async () => {
  const one = await world.post(ann, 'a #Straße');
  const two = await world.post(bob, '#STRASSE and #more #more');
  await world.post(bob, 'strasse without a sign, #strassen');
  for (const tag of ['strasse', '#straße', '＃ＳＴＲＡＳＳＥ'])
    for (const who of [ann, null]) expect(await listOf(who, tag)).toEqual([two, one]);
  expect(await listOf(ann, 'more')).toEqual([two]);
  expect(await listOf(ann, 'nobody_wrote_this')).toEqual([]);
  const three = await world.post(ann, '#タグ');
  expect(await listOf(null, 'ﾀｸﾞ')).toEqual([three]);
});

it('they are those that the viewer may read', async () => {
  const [closed, blocker, gone] = [
    await world.person('closed', { isPrivate: true }),
    await world.person('blocker'),
    await world.person('gone'),
  ];
  await world.follow(bob, closed);
  const open = await world.post(ann, '#seen');
  const few = await world.post(ann, { text: '#seen', visibility: 'FOLLOWERS' });
  const named = await world.post(ann, { text: '#seen @bob', visibility: 'MENTIONED' });
  const hidden = await world.post(closed, '#seen');
  const blocked = await world.post(blocker, '#seen');
  await world.post(gone, '#seen');
  await world.block(blocker, bob);
  await world.stands(gone, 'SUSPENDED');
  expect(await listOf(null, 'seen')).toEqual([blocked, open]);
  expect(await listOf(bob, 'seen')).toEqual([hidden, named, open]);
  expect(await listOf(ann, 'seen')).toEqual([blocked, named, few, open]);
});

it('an edit takes a post out of a tag’s list and into another’s, at its place, and a deletion out of all', async () => {
  const first = await world.post(ann, '#before #both');
  const second = await world.post(bob, '#after #both');
  dataOf(
    await world
      .as(ann)
      .execute('mutation ($input: UpdatePostInput!) { updatePost(input: $input) { post { hashtags } } }', {
        input: { postId: first, text: '#both #after' },
      }),
  );
  expect(await listOf(ann, 'before')).toEqual([]);
  expect(await listOf(ann, 'after')).toEqual([second, first]);
  expect(await listOf(ann, 'both')).toEqual([second, first]);
  dataOf(await world.remove(ann, first));
  expect(await listOf(ann, 'after')).toEqual([second]);
  const { rows } = await world.db.query('SELECT 1 FROM post_hashtags WHERE post_id = $1', [uuidOf(first)]);
  expect(rows).toEqual([]);
});

it('it pages without a gap or a repeat while more come in', async () => {
  const written: string[] = [];
  for (let n = 0; n < 7; n += 1) written.unshift(await world.post(ann, `#paged ${n}`));
  const seen = await allPages(async (after) => {
    const page = await pageOf(bob, 'paged', { first: 2, after });
    await world.post(ann, '#paged later');
    return page;
  });
  expect(seen).toEqual(written);
});

it('of many that are not for the viewer a page says where it goes on, and nothing is left out', async () => {
  await world.db.query(
    `WITH written AS (
       INSERT INTO posts (id, author_id, text, visibility, hashtags, created_at)
       SELECT gen_random_uuid(), $1, '#crowded',
         (CASE WHEN n IN (1, 2500, 4999) THEN 'PUBLIC' ELSE 'FOLLOWERS' END)::visibility, '{crowded}',
         now() - n * interval '1 second'
       FROM generate_series(1, 5000) AS n RETURNING id, created_at)
     INSERT INTO post_hashtags (post_id, tag, created_at) SELECT id, 'crowded', created_at FROM written`,
    [ann],
  );
  const pages: number[] = [];
  const seen = await allPages(async (after) => {
    const page = await pageOf(bob, 'crowded', { after });
    pages.push(page.edges.length);
    return page;
  });
  expect(pages).toEqual([1, 1, 1]);
  expect(new Set(seen).size).toBe(3);
  expect(await world.countQueries(() => pageOf(bob, 'crowded'))).toBe(3);
  expect(await world.countQueries(() => pageOf(ann, 'crowded'))).toBe(1);
});

it.each(['', '#', '##a', 'two words', ' padded', 'a-b', '123', '#a!', 'x'.repeat(101), '\u0000', '%_\\'])(
  '%j is no hashtag',
  async (tag) => expectError(await ask(bob, tag), 'BAD_USER_INPUT', 'tag'),
);

it('a cursor is of one tag, and a page of a hundred at most', async () => {
  await world.post(ann, '#one #other');
  const { edges } = await pageOf(bob, 'one');
  expectError(await ask(bob, 'other', { after: edges[0].cursor }), 'BAD_USER_INPUT', 'after');
  expectError(await ask(bob, 'one', { first: 101 }), 'BAD_USER_INPUT', 'first');
  dataOf(await ask(bob, '#ONE', { after: edges[0].cursor }));
  expect(world.loggedErrors).toEqual([]);
});
