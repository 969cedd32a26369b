import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
let star: string;
let fans: string[];
beforeAll(async () => {
  users = await startUsers();
  star = await users.person();
  fans = await users.people(7);
  for (const fan of fans) await users.follow(fan, star);
});
afterAll(() => users.stop());

const list = async (
  who: string | null,
  id: string,
  name: 'followers' | 'following',
  page: { first?: number; after?: string } = {},
) => {
  const query = `query ($id: ID!, $first: Int, $after: String) { user(id: $id) { list: ${name}(first: $first, after: $after) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  return users.as(who).execute(query, { id: gid(id), ...page });
};
const ids = (connection: { edges: { node: { id: string } }[] }) =>
  connection.edges.map((edge) => uuidOf(edge.node.id));

it('lists followers, the latest first, page by page', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  for (let more = true; more; ) {
    const page = dataOf(await list(null, star, 'followers', { first: 3, ...(after && { after }) })).user.list;
    expect(page.totalCount).toBe(7);
    expect(page.pageInfo.hasPreviousPage).toBe(after !== undefined);
    seen.push(...ids(page));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  expect(seen).toEqual([...fans].reverse());
});

it('tells people apart who began in the same millisecond', async () => {
  const [one = '', ...others] = await users.people(6);
  for (const other of others) await users.follow(one, other);
  await users.db.query(`UPDATE follow SET since = '2026-01-01' WHERE follower_id = $1`, [one]);
  const first = dataOf(await list(null, one, 'following', { first: 2 })).user.list;
  const rest = dataOf(await list(null, one, 'following', { after: first.pageInfo.endCursor })).user.list;
  expect([...ids(first), ...ids(rest)]).toEqual([...others].sort().reverse());
});

it('shows whom somebody follows, and not who only waits', async () => {
  const [fan = ''] = fans;
  const hidden = await users.person();
  await users.update(hidden, { isPrivate: true });
  await users.follow(fan, hidden);
  const following = dataOf(await list(null, fan, 'following')).user.list;
  expect(ids(following)).toEqual([star]);
  expect(following.totalCount).toBe(1);
  expect(ids(dataOf(await list(hidden, hidden, 'followers')).user.list)).toEqual([]);
});

it('shows the circle of a private account to itself and its followers alone', async () => {
  const [owner = '', friend = '', waiting = '', stranger = ''] = await users.people(4);
  await users.follow(friend, owner);
  await users.follow(owner, friend);
  await users.update(owner, { isPrivate: true });
  await users.follow(waiting, owner);
  for (const name of ['followers', 'following'] as const) {
    for (const who of [owner, friend]) {
      expect(ids(dataOf(await list(who, owner, name)).user.list)).toEqual([friend]);
    }
    for (const who of [waiting, stranger, null]) {
      const answer = await list(who, owner, name);
      expectError(answer, 'NOT_FOUND');
      expect(answer.data).toEqual({ user: { list: null } });
    }
  }
});

it.each([
  [{ first: 0 }, 'first'],
  [{ first: 101 }, 'first'],
  [{ first: -1 }, 'first'],
  [{ after: 'x' }, 'after'],
  [{ after: '' }, 'after'],
])('refuses the page %j', async (page, field) => {
  expectError(await list(null, star, 'followers', page), 'BAD_USER_INPUT', field);
});

it('refuses a cursor of another list', async () => {
  const { pageInfo } = dataOf(await list(null, star, 'followers')).user.list;
  const after = pageInfo.endCursor;
  expectError(await list(null, star, 'following', { after }), 'BAD_USER_INPUT', 'after');
  expectError(await list(null, fans[0] ?? '', 'followers', { after }), 'BAD_USER_INPUT', 'after');
});

it('asks the database as often for seven people as for one', async () => {
  const query = (first: number) => `{ user(id: "${gid(star)}") { followers(first: ${first}) { edges { node {
    username viewerRelationship { follow followedBy }
    following(first: 2) { totalCount edges { node { displayName viewerRelationship { follow } } } } } } } } }`;
  const [viewer = ''] = fans;
  const count = (first: number) =>
    users.countQueries(async () => dataOf(await users.as(viewer).execute(query(first))));
  const one = await count(1);
  expect(one).toBeGreaterThan(0);
  expect(await count(7)).toBe(one);
});

it('resolves a batch of references in one query', async () => {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id username } } }`;
  const representations = fans.map((id) => ({ __typename: 'User', id: gid(id) }));
  const queries = await users.countQueries(async () => {
    const { _entities } = dataOf(await users.as(null).execute(query, { representations }));
    expect(_entities.map((user: { id: string }) => uuidOf(user.id))).toEqual(fans);
  });
  expect(queries).toBe(1);
});
