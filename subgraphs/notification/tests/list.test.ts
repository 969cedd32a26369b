import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people, rowSelection, startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const page = async (who: string, args: string) => {
  const query = `{ notifications(${args}) { unreadCount edges { cursor node { id type readAt } }
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  return dataOf(await world.as(who).execute(query)).notifications;
};

/** So many follows of a new person; their followers, first to last. */
async function followed(count: number): Promise<{ ann: string; followers: string[] }> {
  const [ann, ...followers] = people(count + 1) as [string, ...string[]];
  for (const follower of followers) await world.follow(follower, ann);
  return { ann, followers };
}

test('somebody of whom nothing has been heard has none', async () => {
  expect(await page(uuidv7(), 'first: 1')).toEqual({
    unreadCount: 0,
    edges: [],
    pageInfo: { startCursor: null, endCursor: null, hasNextPage: false, hasPreviousPage: false },
  });
});

test('pages have no gap and no repeat while more come in', async () => {
  const { ann } = await followed(9);
  const before = (await world.list(ann)).map(({ id }) => id);
  const seen: string[] = [];
  let after: string | null = null;
  for (;;) {
    const part: Awaited<ReturnType<typeof page>> = await page(
      ann,
      `first: 2${after ? `, after: "${after}"` : ''}`,
    );
    seen.push(...part.edges.map((edge: { node: { id: string } }) => edge.node.id));
    await world.follow(uuidv7(), ann);
    if (!part.pageInfo.hasNextPage) break;
    after = part.pageInfo.endCursor;
  }
  expect(seen).toEqual(before);
});

test('reading marks all up to and including one by the order of the list, once and for all', async () => {
  const { ann } = await followed(5);
  const rows = await world.list(ann);
  const unread = async (upTo: string) =>
    dataOf(await world.markRead(ann, upTo)).markNotificationsRead.unreadCount;
  expect(await unread(rows[2]?.id ?? '')).toBe(2);
  const [, , third] = await world.list(ann);
  expect(await unread(rows[2]?.id ?? '')).toBe(2);
  const after = await world.list(ann);
  expect(after.map(({ readAt }) => readAt !== null)).toEqual([false, false, true, true, true]);
  expect(after[2]?.readAt, 'a second time changes nothing').toBe(third?.readAt);
  expect(await unread(rows[4]?.id ?? '')).toBe(2);

  const open = await page(ann, 'first: 1, unreadOnly: true');
  expect(open.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([rows[0]?.id]);
  const rest = await page(ann, `unreadOnly: true, after: "${open.pageInfo.endCursor}"`);
  expect(rest.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([rows[1]?.id]);
  expect(rest.unreadCount).toBe(2);
  expect(await unread(rows[0]?.id ?? '')).toBe(0);
});

test('many who mark at the same time while more come in leave an exact count', async () => {
  const { ann } = await followed(10);
  const rows = await world.list(ann);
  await Promise.all([
    ...rows.map(({ id }) => world.markRead(ann, id)),
    ...people(10).map((follower) => world.follow(follower, ann)),
  ]);
  const after = await world.list(ann);
  expect(after.filter(({ readAt }) => readAt === null)).toHaveLength(10);
});

test('what is wrong is told by code and field', async () => {
  const { ann } = await followed(2);
  const { ann: eve } = await followed(1);
  const [mine] = await world.list(ann);
  expectError(await world.markRead(eve, mine?.id ?? ''), 'NOT_FOUND');
  const unknown = gid('Notification', uuidv7());
  expectError(await world.markRead(ann, unknown), 'NOT_FOUND');
  expectError(await world.markRead(uuidv7(), unknown), 'NOT_FOUND');
  for (const wrong of ['1', uuidv7(), gid('Post', uuidv7())]) {
    expectError(await world.markRead(ann, wrong), 'BAD_USER_INPUT', 'input.upTo');
  }
  expectError(await world.markRead(null, unknown), 'UNAUTHENTICATED');
  const ask = (who: string | null, args: string) =>
    world.as(who).execute(`{ notifications(${args}) { unreadCount } }`);
  expectError(await ask(null, 'first: 1'), 'UNAUTHENTICATED');
  for (const first of [0, 101]) expectError(await ask(ann, `first: ${first}`), 'BAD_USER_INPUT', 'first');
  const { endCursor } = (await page(ann, 'first: 1')).pageInfo;
  expectError(await ask(eve, `after: "${endCursor}"`), 'BAD_USER_INPUT', 'after');
  expectError(await ask(ann, 'after: "nonsense"'), 'BAD_USER_INPUT', 'after');
  expect((await world.list(ann)).every(({ readAt }) => readAt === null)).toBe(true);
  expect(world.loggedErrors).toEqual([]);
});

test('of some types alone: in the order of the list, page by page, and what is unread of them', async () => {
  const { ann } = await followed(2);
  const [bob, postId] = [uuidv7(), uuidv7()];
  await world.react(ann, bob, postId);
  await world.post(bob, { mentionedIds: [ann] });
  await world.follow(bob, ann);
  const types = (one: { edges: { node: { type: string } }[] }) => one.edges.map(({ node }) => node.type);
  const chosen = 'types: [REACTION, FOLLOW, FOLLOW], first: 2';
  const first = await page(ann, chosen);
  expect(types(first)).toEqual(['FOLLOW', 'REACTION']);
  expect(first.unreadCount, 'of all').toBe(5);
  const rest = await page(ann, `${chosen}, after: "${first.pageInfo.endCursor}"`);
  expect(types(rest)).toEqual(['FOLLOW', 'FOLLOW']);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  await world.markOneRead(ann, rest.edges[0].node.id);
  expect(types(await page(ann, 'types: [FOLLOW], unreadOnly: true'))).toEqual(['FOLLOW', 'FOLLOW']);
  expect(types(await page(ann, 'types: [QUOTE]'))).toEqual([]);

  const ask = (args: string) => world.as(ann).execute(`{ notifications(${args}) { unreadCount } }`);
  expectError(await ask('types: []'), 'BAD_USER_INPUT', 'types');
  expectError(await ask('types: [LIKES]'), 'BAD_USER_INPUT');
  const after = `after: "${first.pageInfo.endCursor}"`;
  for (const other of ['', 'types: [FOLLOW]', 'types: [REACTION, FOLLOW], unreadOnly: true'])
    expectError(await ask(`${other} ${after}`), 'BAD_USER_INPUT', 'after');
  expect(types(await page(ann, `types: [FOLLOW, REACTION] ${after}`)), 'whatever their order').toHaveLength(
    2,
  );
});

test('a page of fifty with all fields costs three queries', async () => {
  const [ann, bob] = people(2) as [string, string];
  await world.attend(ann, bob);
  for (let n = 0; n < 30; n += 1) {
    const postId = await world.post(bob);
    for (const who of people(2)) await world.react(ann, who, postId);
  }
  const queries = await world.countQueries(async () => {
    const query = `{ notifications(first: 50) { unreadCount edges { node { ${rowSelection} } } } }`;
    expect(dataOf(await world.as(ann).execute(query)).notifications.edges).toHaveLength(50);
  });
  expect(queries).toBe(3);
});

test('a notification is found by its id by whom it is for alone', async () => {
  const { ann } = await followed(1);
  const { ann: eve } = await followed(1);
  const [mine] = await world.list(ann);
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Notification { id type } } }`;
  const ask = async (who: string | null) =>
    dataOf(await world.as(who).execute(query, { r: [{ __typename: 'Notification', id: mine?.id }] }))
      ._entities;
  expect(await ask(ann)).toEqual([{ id: mine?.id, type: 'FOLLOW' }]);
  expect(await ask(eve)).toEqual([null]);
  expect(await ask(null)).toEqual([null]);
});
