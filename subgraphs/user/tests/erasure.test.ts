import { erased } from '@socialhub/platform/testing/erased';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

it('erases a profile with its follows, and the counts of the others stay exact', async () => {
  const [ada, bob, eve] = (await users.people(3)) as [string, string, string];
  const many = await users.people(205);
  await users.db.query(
    `WITH new AS (INSERT INTO follow (follower_id, followee_id, standing)
       SELECT id, $1, 'FOLLOWING' FROM unnest($2::uuid[]) AS id RETURNING follower_id)
     UPDATE profile SET following_count = 1 FROM new WHERE id = new.follower_id`,
    [ada, many],
  );
  dataOf(await users.update(bob, { isPrivate: true }));
  dataOf(await users.follow(ada, eve));
  dataOf(await users.follow(ada, bob));
  dataOf(await users.follow(eve, ada));
  dataOf(await users.follow(eve, many[0] ?? ''));
  dataOf(await users.mute(ada, eve));
  dataOf(await users.mute(eve, ada));
  expect(await erased(users, ada)).toEqual({
    following: 2,
    followers: 206,
    blocks: 0,
    mutes: 2,
    readyImages: 0,
    profiles: 1,
  });
  expect(dataOf(await users.as(eve).execute(`{ user(id: "${gid(ada)}") { id } }`)).user).toBeNull();
  expect(await users.profile(eve)).toMatchObject({ followerCount: 0, followingCount: 1 });
  expect(await users.profile(bob)).toMatchObject({ followerCount: 0 });
  expect(await users.profile(many[204] ?? '')).toMatchObject({ followingCount: 0 });
  const { rows } = await users.db.query('SELECT 1 FROM follow WHERE $1 IN (follower_id, followee_id)', [ada]);
  expect(rows).toEqual([]);
});

it('finds nothing the second time, nor of somebody whom it never knew', async () => {
  const ada = await users.person();
  expect((await erased(users, ada)).profiles).toBe(1);
  expect((await erased(users, ada)).profiles).toBe(0);
});
