import { FollowRequested, UserFollowed, UserUnfollowed } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, minutesAgo, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

const pair = async () => [await users.person(), await users.person()] as const;
const changesOf = async (follower: string) => {
  const events = [];
  for (const contract of [UserFollowed, FollowRequested, UserUnfollowed]) {
    for (const event of await users.published(contract)) {
      if (event.followerId === follower) events.push(`${contract.name} ${event.followeeId}`);
    }
  }
  return events;
};

it('follows a public account, once however often it is asked', async () => {
  const [ada, bob] = await pair();
  for (let i = 0; i < 3; i += 1) {
    const { user } = dataOf(await users.follow(ada, bob)).followUser;
    expect(user).toMatchObject({
      id: gid(bob),
      followerCount: 1,
      viewerRelationship: { follow: 'FOLLOWING', followedBy: false, blocking: false },
    });
  }
  expect(await users.profile(ada, bob)).toMatchObject({
    followingCount: 1,
    followerCount: 0,
    viewerRelationship: { follow: 'NONE', followedBy: true },
  });
  expect(await changesOf(ada)).toEqual([`user_followed ${bob}`]);
});

it('unfollows, once however often it is asked', async () => {
  const [ada, bob] = await pair();
  await users.follow(ada, bob);
  for (let i = 0; i < 2; i += 1) {
    const { user } = dataOf(await users.unfollow(ada, bob)).unfollowUser;
    expect(user).toMatchObject({ followerCount: 0, viewerRelationship: { follow: 'NONE' } });
  }
  expect(await users.profile(ada)).toMatchObject({ followingCount: 0 });
  expect(await changesOf(ada)).toEqual([`user_followed ${bob}`, `user_unfollowed ${bob}`]);
});

it('asks to follow a private account, and can take that back', async () => {
  const [ada, bob] = await pair();
  await users.update(bob, { isPrivate: true });
  for (let i = 0; i < 2; i += 1) {
    const { user } = dataOf(await users.follow(ada, bob)).followUser;
    expect(user).toMatchObject({ followerCount: 0, viewerRelationship: { follow: 'REQUESTED' } });
  }
  expect(await users.profile(ada, bob)).toMatchObject({ viewerRelationship: { followedBy: false } });
  const { user } = dataOf(await users.unfollow(ada, bob)).unfollowUser;
  expect(user).toMatchObject({ followerCount: 0, viewerRelationship: { follow: 'NONE' } });
  expect(await changesOf(ada)).toEqual([`follow_requested ${bob}`, `user_unfollowed ${bob}`]);
});

it('keeps a follower when the account goes private', async () => {
  const [ada, bob] = await pair();
  await users.follow(ada, bob);
  await users.update(bob, { isPrivate: true });
  const { user } = dataOf(await users.follow(ada, bob)).followUser;
  expect(user).toMatchObject({ followerCount: 1, viewerRelationship: { follow: 'FOLLOWING' } });
});

it('lets everyone in who waits when the account goes public', async () => {
  const bob = await users.person();
  await users.update(bob, { isPrivate: true });
  const waiting = await users.people(120);
  await Promise.all(waiting.map((one) => users.follow(one, bob)));
  const { user } = dataOf(await users.update(bob, { isPrivate: false })).updateProfile;
  expect(user.followerCount).toBe(120);
  const [first = ''] = waiting;
  expect(await users.profile(bob, first)).toMatchObject({ viewerRelationship: { follow: 'FOLLOWING' } });
  expect(await users.profile(first)).toMatchObject({ followingCount: 1 });
  const follows = (await users.published(UserFollowed)).filter((event) => event.followeeId === bob);
  expect(follows.map((event) => event.followerId).sort()).toEqual([...waiting].sort());
});

it('leaves nobody waiting who asks while the account goes public', async () => {
  const [ada, bob] = await pair();
  await users.update(bob, { isPrivate: true });
  const blocker = await users.db.connect();
  const waiting = async () => {
    const { rows } = await users.db.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0].count;
  };
  try {
    // The request is stopped between its look at the account and its row.
    await blocker.query('BEGIN; LOCK TABLE follow IN SHARE ROW EXCLUSIVE MODE');
    const following = users.follow(ada, bob);
    await until(async () => (await waiting()) === 1);
    let isPublic = false;
    const opening = users.update(bob, { isPrivate: false }).finally(() => {
      isPublic = true;
    });
    await until(async () => isPublic || (await waiting()) === 2);
    await blocker.query('COMMIT');
    dataOf(await following);
    dataOf(await opening);
  } finally {
    blocker.release();
  }
  expect(await users.profile(bob, ada)).toMatchObject({
    followerCount: 1,
    viewerRelationship: { follow: 'FOLLOWING' },
  });
});

it('makes up for a request that was left behind when following again', async () => {
  const [ada, bob] = await pair();
  await users.update(bob, { isPrivate: true });
  await users.follow(ada, bob);
  await users.db.query('UPDATE profile SET is_private = false WHERE id = $1', [bob]);
  const { user } = dataOf(await users.follow(ada, bob)).followUser;
  expect(user).toMatchObject({ followerCount: 1, viewerRelationship: { follow: 'FOLLOWING' } });
});

it('counts exactly when many follow and unfollow at once, in both directions', async () => {
  const crowd = await users.people(12);
  const [star = ''] = crowd;
  const fans = crowd.slice(1);
  const all = (act: (one: string) => Promise<unknown>[]) => Promise.all(fans.flatMap(act));
  await all((fan) => [users.follow(fan, star), users.follow(star, fan), users.follow(fan, star)]);
  expect(await users.profile(star)).toMatchObject({ followerCount: 11, followingCount: 11 });
  await all((fan) => [users.unfollow(fan, star), users.follow(fan, star), users.unfollow(star, fan)]);
  const { rows } = await users.db.query(
    `SELECT count(*)::int AS wrong FROM profile WHERE
      follower_count <> (SELECT count(*) FROM follow WHERE followee_id = profile.id AND standing = 'FOLLOWING') OR
      following_count <> (SELECT count(*) FROM follow WHERE follower_id = profile.id AND standing = 'FOLLOWING')`,
  );
  expect(rows[0].wrong).toBe(0);
  expect(users.loggedErrors).toEqual([]);
});

it('works for somebody who has just registered, before the event has arrived', async () => {
  const ada = uuidv7();
  const bob = await users.person();
  const following = users.follow(ada, bob);
  await users.asked();
  await users.person({ id: ada });
  expect(dataOf(await following).followUser.user).toMatchObject({ id: gid(bob), followerCount: 1 });
});

it.each([
  ['BAD_USER_INPUT', 'no id', (_ada: string) => 'bob'],
  ['BAD_USER_INPUT', 'oneself', (ada: string) => ada.toUpperCase()],
  ['NOT_FOUND', 'nobody', (_ada: string) => minutesAgo(1)],
])('answers %s for %s', async (code, _what, whom) => {
  const ada = await users.person();
  const field = code === 'BAD_USER_INPUT' ? 'input.userId' : undefined;
  expectError(await users.follow(ada, whom(ada)), code, field);
  expectError(await users.unfollow(ada, whom(ada)), code, field);
});

it('is for people who are signed in', async () => {
  const bob = await users.person();
  expectError(await users.follow(null, bob), 'UNAUTHENTICATED');
  expectError(await users.unfollow(null, bob), 'UNAUTHENTICATED');
});
