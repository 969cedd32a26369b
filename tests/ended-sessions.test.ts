import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { type FaultProxy, faultProxy } from '@socialhub/platform/testing/fault-proxy';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { findRabbitMq, type RabbitMqServer, startRabbitMq } from '@socialhub/servers/rabbitmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket, startTwoGateways } from './fixture/two-gateways.ts';
import { phone } from './story/client.ts';

interface Signed {
  id: string;
  username: string;
  accessToken: string;
  refreshToken: string;
}

const password = 'correct horse battery';
const tokens = 'tokens { accessToken refreshToken }';

describe.skipIf(!findRabbitMq())('a session that ends, at two gateways', () => {
  let folder: string;
  let rabbit: RabbitMqServer;
  /** Between the auth service alone and RabbitMQ. */
  let proxy: FaultProxy;
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let system: Awaited<ReturnType<typeof startTwoGateways>>;
  let admin: Signed;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socialhub-ended-'));
    [rabbit, database] = await Promise.all([startRabbitMq({ dataDir: folder }), cloneDatabase('auth')]);
    proxy = await faultProxy(rabbit.url);
    system = await startTwoGateways({
      databaseUrl: database.url,
      rabbitmqUrl: rabbit.url,
      log: createLogger({ service: 'test', level: 'error' }),
      authEnv: { RABBITMQ_URL: proxy.url },
      syncTimes: { everyMs: 2_000, blindAfterMs: 60_000 },
    });
    const { username } = await register();
    await grantRoleAt(database.url, username, 'ADMIN');
    admin = await logIn(username);
  }, 120_000);
  afterAll(async () => {
    await system?.stop();
    await proxy?.close();
    await database?.drop();
    await rabbit?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const gateway = (at: number) => String(system.urls[at]);
  const at = (which: number, who: Signed | null) => phone(gateway(which), who?.accessToken);

  async function register(): Promise<Signed> {
    const username = `ada_${randomBytes(4).toString('hex')}`;
    const { register: made } = dataOf(
      await at(0, null).send(`mutation ($input: RegisterInput!) { register(input: $input) { ${tokens} } }`, {
        input: { email: `${username}@example.org`, username, password },
      }),
    );
    return { id: gid('User', claimsOf(made.tokens).sub), username, ...made.tokens };
  }

  async function logIn(username: string): Promise<Signed> {
    const { logIn: made } = dataOf(
      await at(1, null).send(`mutation ($input: LogInInput!) { logIn(input: $input) { ${tokens} } }`, {
        input: { identifier: username, password },
      }),
    );
    return { id: gid('User', claimsOf(made.tokens).sub), username, ...made.tokens };
  }

  const claimsOf = ({ accessToken }: Pick<Signed, 'accessToken'>): { sub: string; sid: string } =>
    JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());

  it.each<[string, (who: Signed, other: Signed) => Promise<unknown>]>([
    ['by signing out', (who) => at(0, who).ask('mutation { logOut { ended } }')],
    [
      'by another session of the account',
      (who, other) =>
        at(1, other).ask(
          'mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { account { id } } }',
          {
            id: gid('Session', claimsOf(who).sid),
          },
        ),
    ],
    [
      'because the password was changed in another',
      (_who, other) =>
        at(1, other).ask(
          'mutation ($now: String!, $new: String!) { changePassword(input: { currentPassword: $now, newPassword: $new }) { account { id } } }',
          { now: password, new: 'another horse battery' },
        ),
    ],
    [
      'because a used refresh token comes back',
      async (who) => {
        const refresh =
          'mutation ($t: String!) { refreshTokens(input: { refreshToken: $t }) { tokens { refreshToken } } }';
        const { refreshTokens } = await at(0, null).ask(refresh, { t: who.refreshToken });
        await at(1, null).ask(refresh, { t: refreshTokens.tokens.refreshToken });
        expectError(await at(0, null).send(refresh, { t: who.refreshToken }), 'UNAUTHENTICATED');
      },
    ],
    [
      'because the account is suspended',
      (who) =>
        at(0, admin).ask(
          'mutation ($id: ID!) { suspendAccount(input: { userId: $id, reason: "spam" }) { standing { __typename } } }',
          { id: who.id },
        ),
    ],
    [
      'because a role is taken away',
      async (who) => {
        const set =
          'mutation ($id: ID!, $role: Role!) { setRole(input: { userId: $id, role: $role }) { standing { __typename } } }';
        await at(0, admin).ask(set, { id: who.id, role: 'MODERATOR' });
        await at(1, admin).ask(set, { id: who.id, role: 'MEMBER' });
      },
    ],
  ])('%s: both close its sockets with 4403 and take its access token no more', async (_why, end) => {
    const who = await register();
    const other = await logIn(who.username);
    const bystander = await register();
    const sockets = await Promise.all([0, 1].map((which) => openSocket(gateway(which), who.accessToken)));
    const calm = await openSocket(gateway(0), bystander.accessToken);
    let isCalm = true;
    calm.closed.then(() => {
      isCalm = false;
    });
    for (const which of [0, 1]) dataOf(await at(which, who).send('{ account { id } }'));

    await end(who, other);

    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403]);
    for (const which of [0, 1]) {
      expectError(await at(which, who).send('{ account { id } }'), 'UNAUTHENTICATED');
      dataOf(await at(which, bystander).send('{ account { id } }'));
    }
    expect(isCalm).toBe(true);
    calm.close();
  });

  it('is over at a gateway that was not there when it ended, too', async () => {
    const who = await register();
    const bystander = await register();
    await at(0, who).ask('mutation { logOut { ended } }');
    const late = await system.startGateway();
    const ask = ({ accessToken }: Signed) => phone(late, accessToken).send('{ account { id } }');
    await until(async () => (await ask(who)).errors?.[0]?.extensions?.code === 'UNAUTHENTICATED');
    dataOf(await ask(bystander));
  });

  it('or whose role changes: both gateways find out though the auth service has lost RabbitMQ, and they have not', async () => {
    const [ended, raised, bystander] = [await register(), await register(), await register()];
    const sockets = await Promise.all(
      [0, 1].flatMap((which) => [ended, raised].map((who) => openSocket(gateway(which), who.accessToken))),
    );
    proxy.refuse();
    await until(async () => (await (await fetch(`${system.authUrl}/readyz`)).text()).includes('degraded'));
    await at(0, ended).ask('mutation { logOut { ended } }');
    await at(0, admin).ask(
      'mutation ($id: ID!) { setRole(input: { userId: $id, role: MODERATOR }) { standing { __typename } } }',
      { id: raised.id },
    );
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403, 4403, 4403]);
    for (const which of [0, 1]) {
      for (const who of [ended, raised]) {
        expectError(await at(which, who).send('{ account { id } }'), 'UNAUTHENTICATED');
      }
      dataOf(await at(which, await logIn(raised.username)).send('{ account { id } }'));
      dataOf(await at(which, bystander).send('{ account { id } }'));
    }
    proxy.heal();
  });
});
