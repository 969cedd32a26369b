import { UserBlocked, UserUnblocked, UserUnfollowed } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users?.stop());

const find = (who: string | null, text: string) => users.as(who).execute(text);
const blockedBy = async (who: string, args = '') => {
  const query = `{ blockedUsers${args} { edges { node { id } } pageInfo { endCursor hasNextPage } } }`;
  const { edges, pageInfo } = dataOf(await find(who, query)).blockedUsers;
  return { ids: edges.map((edge: { node: { id: string } }) => uuidOf(edge.node.id)), ...pageInfo };
};

it('whom one blocks finds one no more, and neither follows the other', async () => {
  const [ann = '', ben = '', cat = ''] = await users.people(3);
  dataOf(await users.follow(ann, ben));
  dataOf(await users.follow(ben, ann));
  dataOf(await users.follow(ann, cat));
  const { user } = dataOf(await users.block(ann, ben)).blockUser;
  expect(user).toMatchObject({
    id: gid(ben),
    followerCount: 0,
    followingCount: 0,
    viewerRelationship: { follow: 'NONE', followedBy: false, blocking: true },
  });
  dataOf(await users.block(ann, ben));

  expect(dataOf(await find(ben, `{ user(id: "${gid(ann)}") { id } }`)).user).toBeNull();
  expect(dataOf(await users.entity('User', ann, 'username', ben))._entities).toEqual([null]);
  expectError(await users.follow(ben, ann), 'NOT_FOUND');
  expectError(await users.block(ben, ann), 'NOT_FOUND');
  expectError(await users.follow(ann, ben), 'BAD_USER_INPUT', 'input.userId');
  const followers = `{ user(id: "${gid(cat)}") { followers { edges { node { id } } } } }`;
  expect(dataOf(await find(ben, followers)).user.followers.edges).toEqual([]);
  expect(dataOf(await find(cat, followers)).user.followers.edges).toEqual([{ node: { id: gid(ann) } }]);

  expect(await blockedBy(ann)).toMatchObject({ ids: [ben] });
  const pair = { blockerId: ann, blockedId: ben };
  const events = await users.published(UserBlocked);
  expect(events.filter(({ blockerId }) => blockerId === ann)).toEqual([{ ...pair, at: expect.any(String) }]);
  const ended = await users.published(UserUnfollowed);
  expect(ended.filter(({ followerId }) => [ann, ben].includes(followerId))).toHaveLength(2);

  const after = dataOf(await users.unblock(ann, ben)).unblockUser.user;
  expect(after.viewerRelationship).toMatchObject({ follow: 'NONE', blocking: false });
  dataOf(await users.unblock(ann, ben));
  expect((await users.published(UserUnblocked)).filter(({ blockerId }) => blockerId === ann)).toHaveLength(1);
  dataOf(await users.follow(ben, ann));
  expect(await blockedBy(ann)).toMatchObject({ ids: [] });
});

it('a request to follow a private account ends with a block', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  dataOf(await users.update(ann, { isPrivate: true }));
  dataOf(await users.follow(ben, ann));
  dataOf(await users.block(ann, ben));
  dataOf(await users.update(ann, { isPrivate: false }));
  expect((await users.profile(ann)).followerCount).toBe(0);
});

it('of two people who block each other at once one is the first', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  const answers = await Promise.all([users.block(ann, ben), users.block(ben, ann)]);
  expect(answers.filter(({ errors }) => errors)).toHaveLength(1);
  for (const answer of answers) if (answer.errors) expectError(answer, 'NOT_FOUND');
});

it('those whom one blocks are listed page by page, latest first, without those who are not active', async () => {
  const [ann = '', ...others] = await users.people(4);
  for (const other of others) dataOf(await users.block(ann, other));
  const latestFirst = others.toReversed();
  const first = await blockedBy(ann, '(first: 2)');
  expect(first).toMatchObject({ ids: latestFirst.slice(0, 2), hasNextPage: true });
  const rest = await blockedBy(ann, `(first: 2, after: "${first.endCursor}")`);
  expect(rest).toMatchObject({ ids: latestFirst.slice(2), hasNextPage: false });
  expectError(
    await find(others[0] ?? '', `{ blockedUsers(after: "${first.endCursor}") { edges { cursor } } }`),
    'BAD_USER_INPUT',
    'after',
  );
  await users.stands(others[0] ?? '', 'SUSPENDED');
  expect((await blockedBy(ann)).ids).toEqual(latestFirst.slice(0, 2));
});

it('asks for a sign-in, and for somebody else who is there', async () => {
  const [ann = ''] = await users.people(1);
  expectError(await users.block(null, ann), 'UNAUTHENTICATED');
  expectError(await find(null, '{ blockedUsers { edges { cursor } } }'), 'UNAUTHENTICATED');
  expectError(await users.block(ann, ann), 'BAD_USER_INPUT', 'input.userId');
  expectError(await users.block(ann, 'nonsense'), 'BAD_USER_INPUT', 'input.userId');
  expectError(await users.block(ann, uuidv7(0)), 'NOT_FOUND');
  expectError(await users.unblock(ann, uuidv7(0)), 'NOT_FOUND');
});
