import type { EventContract } from '@socialhub/platform/contracts/contract';
import { UserMuted, UserUnmuted } from '@socialhub/platform/contracts/user';
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

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const mutedBy = async (who: string, args = '') => {
  const query = `{ mutedUsers${args} { edges { node { id } } pageInfo { endCursor hasNextPage } } }`;
  const { edges, pageInfo } = dataOf(await users.as(who).execute(query)).mutedUsers;
  return { ids: edges.map((edge: { node: { id: string } }) => uuidOf(edge.node.id)), ...pageInfo };
};
const relation = async (who: string, of: string) => (await users.profile(of, who)).viewerRelationship;
const eventsOf = async <Data extends { muterId: string }>(contract: EventContract<Data>, muterId: string) =>
  (await users.published(contract)).filter((event) => event.muterId === muterId);
/** As when its time has come. */
const lapse = (muterId: string, mutedId: string) =>
  users.db.query(
    `UPDATE mute SET until = now() - interval '1 second' WHERE muter_id = $1 AND muted_id = $2`,
    [muterId, mutedId],
  );
const none = { muting: false, mutedUntil: null, mutingNotifications: false };

it('whom one mutes is told to nobody else, and follows stay', async () => {
  const [ann = '', ben = '', cat = ''] = await users.people(3);
  dataOf(await users.follow(ann, ben));
  dataOf(await users.follow(ben, ann));
  const { user } = dataOf(await users.mute(ann, ben)).muteUser;
  const muted = { muting: true, mutedUntil: null, mutingNotifications: true };
  expect(user.viewerRelationship).toEqual({
    follow: 'FOLLOWING',
    followedBy: true,
    blocking: false,
    bell: false,
    ...muted,
  });
  expect(await mutedBy(ann)).toMatchObject({ ids: [ben] });
  expect(await relation(ben, ann)).toMatchObject({ follow: 'FOLLOWING', followedBy: true, ...none });
  expect(await relation(cat, ben)).toMatchObject(none);
  expect((await mutedBy(ben)).ids).toEqual([]);
  const pair = { muterId: ann, mutedId: ben, at: expect.any(String) };
  expect(await eventsOf(UserMuted, ann)).toEqual([{ ...pair, until: null, notifications: true }]);

  for (let times = 0; times < 2; times += 1)
    expect(dataOf(await users.unmute(ann, ben)).unmuteUser.user.viewerRelationship).toMatchObject(none);
  expect((await mutedBy(ann)).ids).toEqual([]);
  expect(await eventsOf(UserUnmuted, ann)).toEqual([pair]);
});

it('muting again changes until when and what of, and tells once of each change', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  const until = inHours(1);
  for (const how of [{}, {}, { until }, { until, notifications: true }, { until, notifications: false }])
    dataOf(await users.mute(ann, ben, how));
  expect(await relation(ann, ben)).toMatchObject({
    muting: true,
    mutedUntil: until,
    mutingNotifications: false,
  });
  expect((await eventsOf(UserMuted, ann)).map((event) => [event.until, event.notifications])).toEqual([
    [null, true],
    [until, true],
    [until, false],
  ]);
  dataOf(await users.mute(ann, ben, { until: null, notifications: null }));
  expect(await relation(ann, ben)).toMatchObject({
    muting: true,
    mutedUntil: null,
    mutingNotifications: true,
  });
});

it('of twenty at once, one has an effect', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  const until = inHours(1);
  for (const answer of await Promise.all(Array.from({ length: 20 }, () => users.mute(ann, ben, { until }))))
    expect(dataOf(answer).muteUser.user.id).toBe(gid(ben));
  expect((await mutedBy(ann)).ids).toEqual([ben]);
  expect(await eventsOf(UserMuted, ann)).toHaveLength(1);
  for (const answer of await Promise.all(Array.from({ length: 20 }, () => users.unmute(ann, ben))))
    dataOf(answer);
  expect(await eventsOf(UserUnmuted, ann)).toHaveLength(1);
  // Both ways at once, with follows and blocks between the same two.
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => [
      users.mute(ann, ben),
      users.mute(ben, ann),
      users.follow(ann, ben),
      users.unmute(ann, ben),
    ]).flat(),
  );
  for (const answer of answers) dataOf(answer);
});

it('one that has lapsed is none: not in the relationship, the list, nor in the way of another', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  dataOf(await users.mute(ann, ben, { until: inHours(1) }));
  await lapse(ann, ben);
  expect(await relation(ann, ben)).toMatchObject(none);
  expect((await mutedBy(ann)).ids).toEqual([]);
  const until = inHours(2);
  dataOf(await users.mute(ann, ben, { until }));
  expect(await relation(ann, ben)).toMatchObject({ muting: true, mutedUntil: until });
  expect(await eventsOf(UserMuted, ann)).toHaveLength(2);
});

it('those whom one mutes are listed page by page, the latest first, without whom one does not find', async () => {
  const [ann = '', ...others] = await users.people(5);
  for (const other of others) dataOf(await users.mute(ann, other));
  // Changing one is not muting anew.
  dataOf(await users.mute(ann, others[0] ?? '', { until: inHours(1) }));
  const latestFirst = others.toReversed();
  const first = await mutedBy(ann, '(first: 2)');
  expect(first).toMatchObject({ ids: latestFirst.slice(0, 2), hasNextPage: true });
  const rest = await mutedBy(ann, `(first: 2, after: "${first.endCursor}")`);
  expect(rest).toMatchObject({ ids: latestFirst.slice(2), hasNextPage: false });
  const foreign = `{ mutedUsers(after: "${first.endCursor}") { edges { cursor } } }`;
  expectError(await users.as(others[0] ?? '').execute(foreign), 'BAD_USER_INPUT', 'after');

  const [gone = '', blocking = ''] = others;
  await users.stands(gone, 'DEACTIVATED', 10n);
  dataOf(await users.block(blocking, ann));
  expect((await mutedBy(ann)).ids).toEqual(latestFirst.slice(0, 2));
  for (const other of [gone, blocking]) expectError(await users.unmute(ann, other), 'NOT_FOUND');
  await users.stands(gone, 'ACTIVE', 11n);
  dataOf(await users.unblock(blocking, ann));
  expect((await mutedBy(ann)).ids).toEqual(latestFirst);
  dataOf(await users.unmute(ann, gone));
});

it('whom one blocks can be muted, and each ends by itself', async () => {
  const [ann = '', ben = ''] = await users.people(2);
  dataOf(await users.block(ann, ben));
  dataOf(await users.mute(ann, ben));
  dataOf(await users.unblock(ann, ben));
  expect(await relation(ann, ben)).toMatchObject({ blocking: false, muting: true });
});

it('is refused until the past, for longer than ten years, and of whom there is not', async () => {
  const [ann = '', ben = '', away = '', blocking = ''] = await users.people(4);
  for (const until of [inHours(-1), new Date().toISOString(), '0001-01-01T00:00:00Z', inHours(24 * 366 * 11)])
    expectError(await users.mute(ann, ben, { until }), 'BAD_USER_INPUT', 'input.until');
  expectError(await users.mute(ann, ben, { until: 'tomorrow' }), 'BAD_USER_INPUT');
  await users.stands(away, 'SUSPENDED');
  dataOf(await users.block(blocking, ann));
  for (const nobody of [away, blocking, uuidv7(0)]) {
    expectError(await users.mute(ann, nobody), 'NOT_FOUND');
    expectError(await users.unmute(ann, nobody), 'NOT_FOUND');
  }
  for (const verb of ['mute', 'unmute'] as const) {
    expectError(await users[verb](ann, ann), 'BAD_USER_INPUT', 'input.userId');
    expectError(await users[verb](ann, 'nonsense'), 'BAD_USER_INPUT', 'input.userId');
    expectError(await users[verb](null, ben), 'UNAUTHENTICATED');
  }
  expectError(await users.as(null).execute('{ mutedUsers { edges { cursor } } }'), 'UNAUTHENTICATED');
  expect((await mutedBy(ann)).ids).toEqual([]);
});

it('nobody mutes more than 5,000, of whom those that have lapsed make room', async () => {
  const [ann = '', first = '', second = ''] = await users.people(3);
  await users.db.query(
    `WITH others AS (
       INSERT INTO profile (id, username, display_name, created_at)
       SELECT gen_random_uuid(), 'other' || n, 'Other', now() FROM generate_series(1, 4999) n RETURNING id)
     INSERT INTO mute (muter_id, muted_id, notifications) SELECT $1, id, true FROM others`,
    [ann],
  );
  dataOf(await users.mute(ann, first));
  expectError(await users.mute(ann, second), 'BAD_USER_INPUT', 'input.userId');
  dataOf(await users.mute(ann, first, { notifications: false }));
  await lapse(ann, first);
  dataOf(await users.mute(ann, second));
  expectError(await users.mute(ann, first), 'BAD_USER_INPUT', 'input.userId');
});
