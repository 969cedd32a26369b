import { uuidv7 } from '@socialhub/platform/ids';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
let viewer: string;
let bad: string;
beforeAll(async () => {
  users = await startUsers();
  viewer = await users.person();
  bad = await users.person({ username: 'bad' });
  dataOf(await users.follow(bad, viewer));
  dataOf(await users.follow(viewer, bad));
});
afterAll(() => users?.stop());

const find = (who: Parameters<Users['as']>[0], text: string) => users.as(who).execute(text);
const listed = async (list: string) =>
  dataOf(await find(viewer, `{ user(id: "${gid(viewer)}") { ${list} { edges { node { id } } } } }`)).user[
    list
  ].edges;
const moderator = { userId: uuidv7(), sessionId: uuidv7(), role: 'MODERATOR' as const, scopes: ['moderate'] };

it.each(['SUSPENDED', 'DEACTIVATED', 'PENDING_DELETION'] as const)(
  'others find nobody who is %s, until they are active again',
  async (standing) => {
    await users.stands(bad, standing);
    for (const who of [viewer, null]) {
      expect(dataOf(await find(who, `{ user(id: "${gid(bad)}") { id } }`)).user).toBeNull();
      expect(dataOf(await find(who, '{ user(username: "bad") { id } }')).user).toBeNull();
      expect(dataOf(await users.entity('User', bad, 'username', who))._entities).toEqual([null]);
    }
    expect(await listed('followers')).toEqual([]);
    expect(await listed('following')).toEqual([]);
    expectError(await users.follow(viewer, bad), 'NOT_FOUND');

    expect(dataOf(await find(bad, '{ viewer { username } }')).viewer).toEqual({ username: 'bad' });
    expect(dataOf(await find(moderator, '{ user(username: "bad") { id } }')).user).toEqual({ id: gid(bad) });

    await users.stands(bad, 'ACTIVE');
    expect(dataOf(await find(viewer, '{ user(username: "bad") { id } }')).user).toEqual({ id: gid(bad) });
    expect(await listed('followers')).toEqual([{ node: { id: gid(bad) } }]);
    expect(await listed('following')).toEqual([{ node: { id: gid(bad) } }]);
  },
);

it('a late event does not override', async () => {
  await users.stands(bad, 'ACTIVE', 1_002n);
  await users.stands(bad, 'SUSPENDED', 1_001n);
  expect(dataOf(await find(null, `{ user(id: "${gid(bad)}") { id } }`)).user).toEqual({ id: gid(bad) });
});
