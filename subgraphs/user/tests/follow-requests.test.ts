import { FollowRequested, UserFollowed, UserUnfollowed } from '@socialhub/platform/contracts/user';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users?.stop());

/** Somebody with a private account, and some who have asked to follow them. */
async function asked(howMany = 1): Promise<[owner: string, ...others: string[]]> {
  const [owner, ...others] = (await users.people(howMany + 1)) as [string, ...string[]];
  dataOf(await users.update(owner, { isPrivate: true }));
  for (const other of others) dataOf(await users.follow(other, owner));
  return [owner, ...others];
}

const requestsOf = async (who: string | null, args = 'first: 50') => {
  const query = `{ followRequests(${args}) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
  return dataOf(await users.as(who).execute(query)).followRequests;
};
const idsOf = (page: { edges: { node: { id: string } }[] }) => page.edges.map(({ node }) => node.id);
const followOf = async (who: string, of: string) =>
  (await users.profile(of, who)).viewerRelationship.follow as string;
const eventsOf = async (contract: typeof UserFollowed | typeof UserUnfollowed, followerId: string) =>
  (await users.published(contract)).filter((event) => event.followerId === followerId);

describe('a request to follow', () => {
  it('is listed latest first, page by page, for whom it is for alone', async () => {
    const [owner, ...others] = await asked(5);
    const latestFirst = others.map(gid).reverse();
    expect(idsOf(await requestsOf(owner))).toEqual(latestFirst);
    const first = await requestsOf(owner, 'first: 2');
    const second = await requestsOf(owner, `first: 2, after: "${first.pageInfo.endCursor}"`);
    const third = await requestsOf(owner, `first: 2, after: "${second.pageInfo.endCursor}"`);
    expect([first, second, third].flatMap(idsOf)).toEqual(latestFirst);
    expect(third.pageInfo.hasNextPage).toBe(false);
    expect(idsOf(await requestsOf(others[0] ?? ''))).toEqual([]);
    const foreign = `{ followRequests(after: "${first.pageInfo.endCursor}") { edges { cursor } } }`;
    expectError(await users.as(others[0] ?? '').execute(foreign), 'BAD_USER_INPUT');
    expectError(await users.as(null).execute('{ followRequests { edges { cursor } } }'), 'UNAUTHENTICATED');
  });

  it('becomes a follow once, however often and in parallel it is accepted', async () => {
    const [owner, other = ''] = await asked();
    const answers = await Promise.all(Array.from({ length: 20 }, () => users.accept(owner, other)));
    for (const answer of answers) expect(dataOf(answer).acceptFollowRequest.user.id).toBe(gid(other));
    expect(await followOf(other, owner)).toBe('FOLLOWING');
    expect(await users.profile(owner)).toMatchObject({ followerCount: 1 });
    expect(await users.profile(other)).toMatchObject({ followingCount: 1 });
    expect(idsOf(await requestsOf(owner))).toEqual([]);
    expect(await eventsOf(UserFollowed, other)).toEqual([
      { followerId: other, followeeId: owner, at: expect.any(String), isAccepted: true },
    ]);
  });

  it('ends without a follow when it is rejected, and may be made again', async () => {
    const [owner, other = ''] = await asked();
    for (let times = 0; times < 2; times += 1) dataOf(await users.reject(owner, other));
    expect(await followOf(other, owner)).toBe('NONE');
    expect(await eventsOf(UserUnfollowed, other)).toHaveLength(1);
    expect(await eventsOf(UserFollowed, other)).toEqual([]);
    dataOf(await users.follow(other, owner));
    expect(idsOf(await requestsOf(owner))).toEqual([gid(other)]);
    expect((await users.published(FollowRequested)).filter((one) => one.followerId === other)).toHaveLength(
      2,
    );
  });

  it('is accepted or rejected, not both, when both come at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [owner, other = ''] = await asked();
      const [accepted] = await Promise.all([users.accept(owner, other), users.reject(owner, other)]);
      const follow = await followOf(other, owner);
      const { followerCount } = await users.profile(owner);
      expect([follow, followerCount]).toEqual(accepted.errors ? ['NONE', 0] : ['FOLLOWING', 1]);
    }
  });

  it('that is not there can not be accepted: never made, withdrawn, or ended by a block', async () => {
    const [owner, other = '', blocked = ''] = await asked(2);
    const [stranger = ''] = await users.people(1);
    expectError(await users.accept(owner, stranger), 'BAD_USER_INPUT');
    dataOf(await users.unfollow(other, owner));
    expectError(await users.accept(owner, other), 'BAD_USER_INPUT');
    dataOf(await users.block(owner, blocked));
    expectError(await users.accept(owner, blocked), 'BAD_USER_INPUT');
    expect(await users.profile(owner)).toMatchObject({ followerCount: 0 });
  });

  it('of somebody whose account is not active is not shown, and can not be answered', async () => {
    const [owner, other = ''] = await asked();
    await users.stands(other, 'SUSPENDED');
    expect(idsOf(await requestsOf(owner))).toEqual([]);
    expectError(await users.accept(owner, other), 'NOT_FOUND');
    await users.stands(other, 'ACTIVE');
    expect(idsOf(await requestsOf(owner))).toEqual([gid(other)]);
  });
});

describe('a follower who is removed', () => {
  it('follows no more, and nobody else is touched', async () => {
    const [owner, other, third] = (await users.people(3)) as [string, string, string];
    for (const one of [other, third]) dataOf(await users.follow(one, owner));
    dataOf(await users.follow(owner, other));
    const removed = await Promise.all(Array.from({ length: 5 }, () => users.remove(owner, other)));
    for (const answer of removed)
      expect(dataOf(answer).removeFollower.user.viewerRelationship).toMatchObject({
        follow: 'FOLLOWING',
        followedBy: false,
      });
    expect(await users.profile(owner)).toMatchObject({ followerCount: 1, followingCount: 1 });
    expect(await followOf(third, owner)).toBe('FOLLOWING');
    expect(await eventsOf(UserUnfollowed, other)).toHaveLength(1);
  });

  it('is one who asks, too, while a follower is not touched by a rejection', async () => {
    const [owner, other = ''] = await asked();
    dataOf(await users.accept(owner, other));
    dataOf(await users.reject(owner, other));
    expect(await followOf(other, owner)).toBe('FOLLOWING');
    const [private_, waits = ''] = await asked();
    dataOf(await users.remove(private_, waits));
    expect(await followOf(waits, private_)).toBe('NONE');
  });
});

it.each(['accept', 'reject', 'remove'] as const)(
  '%s refuses oneself, nobody, and whoever is signed out',
  async (verb) => {
    const [owner, other = ''] = await asked();
    expectError(await users[verb](owner, owner), 'BAD_USER_INPUT');
    expectError(await users[verb](owner, '00000000-0000-7000-8000-000000000000'), 'NOT_FOUND');
    expectError(await users[verb](null, other), 'UNAUTHENTICATED');
  },
);
