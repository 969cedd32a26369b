import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { createLogger } from '@socialhub/platform/log';
import { metricsText } from '@socialhub/platform/metrics/process-metrics';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { freePort } from '@socialhub/servers/ports';
import { findRabbitMq, type RabbitMqServer, startRabbitMq } from '@socialhub/servers/rabbitmq';
import { connect } from 'amqplib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket, startTwoGateways } from './fixture/two-gateways.ts';
import { phone } from './story/client.ts';

const registerMutation =
  'mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken } } }';

describe.skipIf(!findRabbitMq())('a system that is started while RabbitMQ is away', () => {
  let folder: string;
  let port: number;
  let rabbit: RabbitMqServer | undefined;
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let db: pg.Pool;
  let system: Awaited<ReturnType<typeof startTwoGateways>>;
  const errors: string[] = [];
  const log = createLogger({
    service: 'test',
    level: 'error',
    to: { write: (line: string) => void errors.push(line) },
  });
  const urlWith = (password: string) => `amqp://socialhub:${password}@127.0.0.1:${port}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socialhub-away-'));
    // The server takes the password that is there.
    await writeFile(join(folder, 'password'), 'of-a-server-that-comes-late', { mode: 0o600 });
    [port, database] = await Promise.all([freePort(), cloneDatabase('auth')]);
    db = new pg.Pool({ connectionString: database.url, max: 1 });
    system = await startTwoGateways({
      databaseUrl: database.url,
      rabbitmqUrl: urlWith('of-a-server-that-comes-late'),
      log,
    });
  }, 60_000);
  afterAll(async () => {
    await system?.stop();
    await db?.end();
    await database?.drop();
    await rabbit?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  const gateway = (at: number) => String(system.urls[at]);

  async function register(): Promise<string> {
    const username = `ada_${randomBytes(4).toString('hex')}`;
    const input = { email: `${username}@example.org`, username, password: 'correct horse battery' };
    return dataOf(await phone(gateway(0)).send(registerMutation, { input })).register.tokens.accessToken;
  }

  const signOut = (accessToken: string) =>
    phone(gateway(0), accessToken).ask('mutation { logOut { ended } }');

  const readiness = async () => {
    const response = await fetch(`${system.authUrl}/readyz`);
    return { code: response.status, ...((await response.json()) as object) };
  };

  const waiting = async () => {
    const { rows } = await db.query("SELECT name FROM outbox WHERE kind = 'event' ORDER BY outbox.id");
    return rows.map(({ name }) => String(name));
  };

  it('answers queries and mutations, stays in rotation and says what is missing', async () => {
    expect(await readiness()).toEqual({ code: 200, status: 'ready', degraded: ['broker'] });
    expect(await metricsText()).toContain('socialhub_broker_connected{service="auth"} 0');
    const accessToken = await register();
    dataOf(await phone(gateway(1), accessToken).send('{ account { id } }'));
    expect(await waiting()).toContain('user_registered');
  });

  it('notices at every gateway within half a minute that a session has ended or a role has changed', async () => {
    const [ended, raised] = [await register(), await register()];
    const sockets = await Promise.all([ended, raised].map((token) => openSocket(gateway(1), token)));
    await signOut(ended);
    const { sub } = JSON.parse(Buffer.from(raised.split('.')[1] ?? '', 'base64url').toString());
    const { rows } = await db.query('SELECT username FROM account WHERE id = $1', [sub]);
    await grantRoleAt(database.url, String(rows[0]?.username), 'ADMIN');
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403]);
    for (const token of [ended, raised]) {
      expectError(await phone(gateway(1), token).send('{ account { id } }'), 'UNAUTHENTICATED');
    }
  }, 35_000);

  it('picks RabbitMQ up when it comes: what waited is sent, and signals are heard', async () => {
    const late = await register();
    rabbit = await startRabbitMq({ dataDir: folder, port });
    await until(async () => (await waiting()).length === 0, { what: 'an empty outbox', timeoutMs: 30_000 });
    await until(async () => !('degraded' in (await readiness())), { what: 'a service that misses nothing' });
    expect(await metricsText()).toContain('socialhub_broker_connected{service="auth"} 1');
    const bystander = await connect(rabbit.url);
    const channel = await bystander.createChannel();
    const partitions = await Promise.all([0, 1, 2, 3].map((n) => channel.checkQueue(`socialhub.user.${n}`)));
    await bystander.close();
    expect(partitions.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBeGreaterThanOrEqual(3);
    // Each gateway comes back to the broker by itself.
    await until(
      async () => {
        const accessToken = await register();
        const { closed } = await openSocket(gateway(1), accessToken);
        await signOut(accessToken);
        const began = performance.now();
        await closed;
        return performance.now() - began < 1_000;
      },
      { what: 'a signal that is heard', timeoutMs: 60_000 },
    );
    dataOf(await phone(gateway(1), late).send('{ account { id } }'));
    expect(errors).toEqual([]);
  }, 120_000);

  it('is not started where RabbitMQ answers and refuses its account', async () => {
    const wrong = startTwoGateways({ databaseUrl: database.url, rabbitmqUrl: urlWith('wrong'), log });
    await expect(wrong).rejects.toThrow(/refuses: .*ACCESS-REFUSED/);
  }, 30_000);
});
