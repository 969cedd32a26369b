import { isDeepStrictEqual } from 'node:util';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
} from '@socialhub/platform/identity/identity-signer';
import { isUuid } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { masterKeys } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, mutation, sessionsOf, startAuth, viewerOf } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

const revoke = (viewer: Parameters<typeof auth.as>[0], sessionId: string) =>
  auth.as(viewer).execute(mutation('revokeSession', account), {
    input: { sessionId: isUuid(sessionId) ? gid('Session', sessionId) : sessionId },
  });

it('ends one session of several and tells the gateways', async () => {
  const { input, viewer } = await auth.register();
  const other = dataOf(await auth.logIn(input.username)).logIn;
  const otherId = viewerOf(other.tokens.accessToken).sessionId;
  expect(sessionsOf(dataOf(await revoke(viewer, otherId)).revokeSession.account)).toMatchObject([
    { id: viewer.sessionId, current: true },
  ]);
  expectError(await auth.refresh(other.tokens.refreshToken), 'UNAUTHENTICATED');
  await auth.settle();
  await until(() => auth.revoked.length > 0);
  expect(auth.revoked).toEqual([{ sessionId: otherId }]);
});

it('knows no session of somebody else, none that is over, and none that never was', async () => {
  const [mine, theirs] = [await auth.register(), await auth.register()];
  expectError(await revoke(mine.viewer, theirs.viewer.sessionId), 'NOT_FOUND');
  dataOf(await auth.refresh(theirs.tokens.refreshToken));
  const over = viewerOf(dataOf(await auth.logIn(mine.input.email)).logIn.tokens.accessToken).sessionId;
  dataOf(await revoke(mine.viewer, over));
  expectError(await revoke(mine.viewer, over), 'NOT_FOUND');
  expectError(await revoke(mine.viewer, '018f0000-0000-7000-8000-000000000000'), 'NOT_FOUND');
  expectError(await revoke(mine.viewer, 'x'), 'BAD_USER_INPUT', 'input.sessionId');
  expectError(await revoke(null, over), 'UNAUTHENTICATED');
});

it('takes no orders from a session that has ended, though its access token has not', async () => {
  const { input, viewer } = await auth.register();
  const other = viewerOf(dataOf(await auth.logIn(input.email)).logIn.tokens.accessToken);
  dataOf(await revoke(viewer, other.sessionId));
  expectError(await revoke(other, viewer.sessionId), 'UNAUTHENTICATED');
  expectError(await auth.as(other).execute(`{ ${account} }`), 'UNAUTHENTICATED');
});

describe('ending all sessions', () => {
  const endAll = (viewer: Parameters<typeof auth.as>[0], input = {}) =>
    auth.as(viewer).execute(mutation('endAllSessions', account), { input });
  const threeDevices = async () => {
    const first = await auth.register();
    const others = [await auth.logIn(first.input.email), await auth.logIn(first.input.email)].map(
      (answer) => dataOf(answer).logIn.tokens,
    );
    return { ...first, others };
  };

  it('ends this one too, and tells the gateways of each', async () => {
    const { viewer, tokens, others } = await threeDevices();
    const bystander = await auth.register();
    expect(sessionsOf(dataOf(await endAll(viewer)).endAllSessions.account)).toEqual([]);
    for (const { refreshToken } of [tokens, ...others])
      expectError(await auth.refresh(refreshToken), 'UNAUTHENTICATED');
    expectError(await endAll(viewer), 'UNAUTHENTICATED');
    dataOf(await auth.refresh(bystander.tokens.refreshToken));
    const ended = [
      viewer,
      ...others.map((other: { accessToken: string }) => viewerOf(other.accessToken)),
    ].map(({ sessionId }) => ({
      sessionId,
    }));
    await until(() => ended.every((it) => auth.revoked.some((heard) => isDeepStrictEqual(heard, it))));
  });

  it('spares this one if asked to', async () => {
    const { viewer, tokens, others } = await threeDevices();
    const answer = await endAll(viewer, { exceptCurrent: true });
    expect(sessionsOf(dataOf(answer).endAllSessions.account)).toMatchObject([
      { id: viewer.sessionId, current: true },
    ]);
    dataOf(await auth.refresh(tokens.refreshToken));
    for (const { refreshToken } of others) expectError(await auth.refresh(refreshToken), 'UNAUTHENTICATED');
  });

  it('is for those who are signed in', async () => {
    expectError(await endAll(null), 'UNAUTHENTICATED');
  });
});

it('opens a session for so long without use, and for so long at most', async () => {
  const { viewer } = await auth.register();
  const { rows } = await auth.db.query(
    `SELECT extract(epoch FROM expires_at - created_at)::int / 86400 AS idle,
        extract(epoch FROM ends_by - created_at)::int / 86400 AS most
      FROM session WHERE id = $1`,
    [viewer.sessionId],
  );
  expect(rows).toEqual([{ idle: 30, most: 180 }]);
});

describe('what was revoked', () => {
  const sign = createIdentitySigner(deriveIdentityKeys(masterKeys, 'auth'), 'auth');
  const asGateway = async (search = '') => {
    const identity = sign({ viewer: null, client: { ipAddress: null, userAgent: null } });
    const response = await fetch(`${auth.url}/revocations${search}`, {
      headers: { [IDENTITY_HEADER]: identity },
    });
    return (await response.json()) as { sessionIds: string[]; roles: { userId: string; role: string }[] };
  };
  const age = (minutes: number) => `now() - interval '${minutes} minutes'`;

  it('is told to gateways, and to nobody else: the sessions whose tokens may outlive them', async () => {
    const [alive, ended, endedLongAgo] = [
      await auth.register(),
      await auth.register(),
      await auth.register(),
    ];
    for (const { viewer } of [ended, endedLongAgo]) {
      dataOf(await auth.as(viewer).execute('mutation { logOut { ended } }'));
    }
    await auth.db.query(`UPDATE session SET ended_at = ${age(21)} WHERE id = $1`, [
      endedLongAgo.viewer.sessionId,
    ]);
    const { sessionIds } = await asGateway();
    expect(sessionIds).toContain(ended.viewer.sessionId);
    expect(sessionIds).not.toContain(alive.viewer.sessionId);
    expect(sessionIds).not.toContain(endedLongAgo.viewer.sessionId);

    for (const headers of [{}, { [IDENTITY_HEADER]: 'test.e30.x' }, { authorization: 'Bearer x' }]) {
      const response = await fetch(`${auth.url}/revocations`, { headers: headers as Record<string, string> });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(ended.viewer.sessionId);
    }
  });

  it('and the present roles of those whose role changed', async () => {
    const [admin, member, other] = [await auth.register(), await auth.register(), await auth.register()];
    await auth.db.query("UPDATE account SET role = 'ADMIN' WHERE id = $1", [admin.account.id]);
    for (const role of ['MODERATOR', 'ADMIN', 'MODERATOR']) {
      const input = { userId: gid('User', member.account.id), role };
      const set = 'mutation ($input: SetRoleInput!) { setRole(input: $input) { standing { role } } }';
      dataOf(await auth.as(admin.viewer).execute(set, { input }));
    }
    const { roles } = await asGateway();
    const of = (id: string) => roles.filter(({ userId }) => userId === id);
    expect(of(member.account.id)).toEqual([{ userId: member.account.id, role: 'MODERATOR' }]);
    expect(of(other.account.id)).toEqual([]);
  });

  it('since the last answer and a minute before: what was being committed then is not missed', async () => {
    const [now, before, long] = [await auth.register(), await auth.register(), await auth.register()];
    for (const { viewer } of [now, before, long]) {
      dataOf(await auth.as(viewer).execute('mutation { logOut { ended } }'));
    }
    const moved = "UPDATE session SET ended_at = now() - $2::int * interval '1 second' WHERE id = $1";
    await auth.db.query(moved, [before.viewer.sessionId, 60]);
    await auth.db.query(moved, [long.viewer.sessionId, 90]);
    const ids = [now, before, long].map(({ viewer }) => viewer.sessionId);
    const told = async (search: string) => {
      const { sessionIds } = await asGateway(search);
      return ids.map((id) => sessionIds.includes(id));
    };
    expect(await told('?seconds=15')).toEqual([true, true, false]);
    for (const odd of ['', '?seconds=-1', '?seconds=1e3', '?seconds=99999', '?seconds=9999']) {
      expect(await told(odd), odd).toEqual([true, true, true]);
    }
  });
});

describe('more sessions than an account may have', () => {
  it('end the one that has not been used for longest, and gateways hear of it', async () => {
    const person = await auth.register();
    await auth.db.query(
      `INSERT INTO session (id, account_id, created_at, last_used_at, expires_at, ends_by)
       SELECT gen_random_uuid(), $1, now(), now() - n * interval '1 minute', now() + interval '1 day', now() + interval '2 days'
       FROM generate_series(1, 99) AS n`,
      [person.account.id],
    );
    const ended = async () =>
      (
        await auth.db.query<{ id: string; last_used_at: Date; lapsed: boolean }>(
          `SELECT id, expires_at <= now() AS lapsed FROM session WHERE account_id = $1 AND ended_because = 'SUPERSEDED'`,
          [person.account.id],
        )
      ).rows;
    const { rows: oldest } = await auth.db.query<{ id: string }>(
      'SELECT id FROM session WHERE account_id = $1 ORDER BY last_used_at LIMIT 2',
      [person.account.id],
    );
    const next = dataOf(await auth.logIn(person.input.email)).logIn;
    expect(await ended()).toEqual([{ id: oldest[0]?.id, lapsed: true }]);
    await until(() => auth.revoked.some((it) => (it as { sessionId: string }).sessionId === oldest[0]?.id));
    expect(sessionsOf(next.account)).toHaveLength(100);
    dataOf(await auth.logIn(person.input.email));
    expect((await ended()).map(({ id }) => id).sort()).toEqual(oldest.map(({ id }) => id).sort());
    dataOf(await auth.refresh(person.tokens.refreshToken));
    dataOf(await auth.refresh(next.tokens.refreshToken));
  });
});
