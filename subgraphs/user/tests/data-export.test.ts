import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { exported } from '@socialhub/platform/testing/exported';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

it('exports the profile, whom somebody follows, by whom they are followed, whom they block and mute', async () => {
  const [ada, bob, eve, mallory, loud, lapsed] = (await users.people(6)) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  dataOf(await users.update(ada, { bio: 'Engines', isPrivate: true }));
  dataOf(await users.follow(ada, bob));
  dataOf(await users.ring(ada, bob));
  dataOf(await users.follow(eve, ada));
  dataOf(await users.follow(eve, bob));
  dataOf(await users.block(ada, mallory));
  const until = new Date(Date.now() + 3_600_000).toISOString();
  dataOf(await users.mute(ada, loud, { until, notifications: false }));
  dataOf(await users.mute(ada, lapsed, { until }));
  dataOf(await users.mute(eve, ada));
  await users.db.query('UPDATE mute SET until = now() WHERE muted_id = $1', [lapsed]);
  const files = await exported(users, ada);
  expect(files.profile).toMatchObject([{ id: ada, bio: 'Engines', isPrivate: true, followingCount: 1 }]);
  expect(files.following).toMatchObject([{ userId: bob, standing: 'FOLLOWING', bell: true }]);
  expect(files.followers).toMatchObject([{ userId: eve, standing: 'REQUESTED' }]);
  expect(files.blocked).toMatchObject([{ userId: mallory }]);
  expect(files.muted).toMatchObject([{ userId: loud, until, notifications: false }]);
  expect(await archiveFaults(users, 'user', files)).toEqual([]);
});

it('sends an empty part for somebody of whom it knows nothing', async () => {
  const files = await exported(users, '0190a2b4-0000-7000-8000-000000000000');
  expect(files).toEqual({ profile: [], following: [], followers: [], blocked: [], muted: [] });
});
