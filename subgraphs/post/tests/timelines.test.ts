import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
let viewer: string;
let friends: string[];

beforeAll(async () => {
  world = await startWorld();
  viewer = await world.person('viewer');
  friends = await Promise.all([1, 2, 3].map((n) => world.person(`friend${n}`)));
  for (const friend of friends) await world.follow(viewer, friend);
});
afterAll(() => world?.stop());

const lists = {
  homeTimeline: (args: string, selection: string) => `{ homeTimeline(${args}) { ${selection} } }`,
  publicTimeline: (args: string, selection: string) => `{ publicTimeline(${args}) { ${selection} } }`,
};
type List = keyof typeof lists;
const names = Object.keys(lists) as List[];
const pageSelection = 'edges { node { id } } pageInfo { endCursor hasNextPage hasPreviousPage }';

const fetchPage = async (list: List, first: number, after: string | null) => {
  const args = `first: ${first}${after ? `, after: "${after}"` : ''}`;
  return dataOf(await world.as(viewer).execute(lists[list](args, pageSelection)))[list];
};

test.each(names)('%s has no gap and no repeat while posts come in', async (list) => {
  const authors = [...friends, viewer];
  const before: string[] = [];
  for (let n = 0; n < 23; n += 1) before.unshift(await world.post(authors[n % 4] ?? viewer, `post ${n}`));
  const seen = await allPages(async (after) => {
    const page = await fetchPage(list, 5, after);
    await world.post(friends[0] ?? viewer, 'meanwhile');
    return page;
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => before.includes(id))).toEqual(before);
});

test.each(names)('%s breaks ties by id', async (list) => {
  const ids: string[] = [];
  for (let n = 0; n < 7; n += 1) ids.push(await world.post(friends[n % 3] ?? viewer, `tie ${n}`));
  await world.db.query("UPDATE posts SET created_at = '2030-01-01T00:00:00Z' WHERE id = ANY ($1::uuid[])", [
    ids.map(uuidOf),
  ]);
  const seen = await allPages((after) => fetchPage(list, 2, after));
  expect(seen.slice(0, 7).map(uuidOf)).toEqual(ids.map(uuidOf).sort().reverse());
  await world.db.query('DELETE FROM posts WHERE id = ANY ($1::uuid[])', [ids.map(uuidOf)]);
});

test('homeTimeline is all that may be read of many people, however they take turns', async () => {
  const reader = await world.person('reader');
  const authors = await Promise.all(Array.from({ length: 9 }, (_, n) => world.person(`author${n}`)));
  for (const author of authors) await world.follow(reader, author);
  // Some write in bursts, some hardly ever, some mostly for others' eyes; many in the same millisecond.
  const { rows } = await world.db.query(
    `INSERT INTO posts (id, author_id, text, visibility, created_at)
     SELECT gen_random_uuid(), ($1::uuid[])[1 + (n * n / 7) % (1 + n % 9)], n::text,
       (CASE WHEN n % 9 = 8 OR n % 3 = 0 THEN 'MENTIONED' ELSE 'FOLLOWERS' END)::visibility,
       '2020-01-01T00:00:00Z'::timestamptz + (n / 4) * interval '1 ms'
     FROM generate_series(1, 200) AS n
     RETURNING id, visibility, created_at`,
    [authors],
  );
  const expected = rows
    .filter(({ visibility }) => visibility === 'FOLLOWERS')
    .sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
  for (const first of [1, 3, 7]) {
    const seen = await allPages(async (after) => {
      const args = `first: ${first}${after ? `, after: "${after}"` : ''}`;
      return dataOf(await world.as(reader).execute(lists.homeTimeline(args, pageSelection))).homeTimeline;
    });
    expect(seen.map(uuidOf)).toEqual(expected);
  }
});

test.each(names)('%s refuses a page size out of range and a foreign cursor', async (list) => {
  const ask = (args: string) => world.as(viewer).execute(lists[list](args, 'edges { cursor }'));
  for (const first of [0, 101, -1]) expectError(await ask(`first: ${first}`), 'BAD_USER_INPUT', 'first');
  const other = names.find((name) => name !== list) ?? list;
  const foreign = dataOf(await world.as(viewer).execute(lists[other]('first: 1', 'edges { cursor }')))[other]
    .edges[0];
  const forged = Buffer.from(JSON.stringify(['x', ['2026-01-01T00:00:00Z', viewer]])).toString('base64url');
  for (const cursor of [foreign.cursor, forged, 'nonsense', '', 'x'.repeat(5_000)]) {
    expectError(await ask(`after: "${cursor}"`), 'BAD_USER_INPUT', 'after');
  }
});

test('a cursor with an impossible time is refused, not an error of ours', async () => {
  const page = dataOf(
    await world.as(viewer).execute('{ homeTimeline(first: 1) { edges { cursor } } }'),
  ).homeTimeline;
  const [tag, [, id]] = JSON.parse(Buffer.from(page.edges[0].cursor, 'base64url').toString());
  for (const time of ['+275760-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', 'x', 8.64e15]) {
    const cursor = Buffer.from(JSON.stringify([tag, [time, id]])).toString('base64url');
    const answer = await world
      .as(viewer)
      .execute(`{ homeTimeline(after: "${cursor}") { edges { cursor } } }`);
    expectError(answer, 'BAD_USER_INPUT', 'after');
  }
  expect(world.loggedErrors).toEqual([]);
});

test('a person’s own list pages as well, and its cursors are good for that person alone', async () => {
  const [one, two] = friends as [string, string];
  const mine: string[] = [];
  for (let n = 0; n < 5; n += 1) mine.unshift(await world.post(one, `mine ${n}`));
  const page = async (author: string, after: string | null) => {
    const args = `first: 2${after ? `, after: "${after}"` : ''}`;
    return world.entity('User', author, `posts(${args}) { ${pageSelection} }`, viewer);
  };
  const seen = await allPages(async (after) => dataOf(await page(one, after))._entities[0].posts);
  expect(seen.slice(0, 5)).toEqual(mine);
  const { endCursor } = dataOf(await page(one, null))._entities[0].posts.pageInfo;
  expectError(await page(two, endCursor), 'BAD_USER_INPUT', 'after');
});

const everyField = `
  id author { id } text contentWarning visibility media { id } hashtags mentions { id } quoteOf { id text }
  createdAt editedAt edits { edges { node { text contentWarning editedAt } } } commentCount
  reactions { emoji count } viewerReactions
  comments(first: 3) { edges { node {
    id post { id } parent { id } author { id } text replyCount
    replies(first: 3) { edges { node { id post { text } parent { id text } } } }
  } } }`;

test('a page of twenty posts with all their fields costs as many queries as a page of two', async () => {
  const [one, two] = friends as [string, string];
  for (let n = 0; n < 20; n += 1) {
    const quoteOfId = await world.post(two, `quoted ${n}`);
    const postId = await world.post(one, { text: `full ${n} @friend2`, quoteOfId });
    const parent = await world.comment(two, postId, 'a comment');
    await world.comment(viewer, postId, 'another comment');
    await world.comment(viewer, postId, 'a reply', parent);
    await world.react(viewer, postId, '👍');
  }
  const page = (first: number) => `{ homeTimeline(first: ${first}) { edges { node { ${everyField} } } } }`;
  const small = await world.countQueries(async () => dataOf(await world.as(viewer).execute(page(2))));
  const large = await world.countQueries(async () => {
    const { edges } = dataOf(await world.as(viewer).execute(page(40))).homeTimeline;
    expect(edges).toHaveLength(40);
    expect(edges.filter(({ node }: { node: { quoteOf: unknown } }) => node.quoteOf)).toHaveLength(20);
  });
  expect(large).toBe(small);
  expect(large).toBeLessThanOrEqual(10);
});

test('twenty people with their posts and counts cost two queries', async () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on User { id postCount posts(first: 2) { edges { node { id text } } } } } }`;
  const representations = Array.from({ length: 20 }, (_, n) => ({
    __typename: 'User',
    id: gid('User', friends[n % 3] ?? ''),
  }));
  const queries = await world.countQueries(async () => {
    const people = dataOf(await world.as(viewer).execute(query, { representations }))._entities;
    expect(people).toHaveLength(20);
    for (const person of people) expect(idsOf(person.posts)).toHaveLength(2);
  });
  expect(queries).toBe(2);
});

test('a person who has written nothing has no posts', async () => {
  const quiet = await world.person('quiet');
  const answer = await world.entity(
    'User',
    quiet,
    'postCount posts { edges { cursor } pageInfo { endCursor hasNextPage } }',
  );
  expect(dataOf(answer)._entities[0]).toEqual({
    postCount: 0,
    posts: { edges: [], pageInfo: { endCursor: null, hasNextPage: false } },
  });
});
