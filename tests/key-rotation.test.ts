import { createAuthService, readConfig as readAuthConfig } from '@socialhub/auth';
import { createGateway, readConfig as readGatewayConfig } from '@socialhub/gateway';
import { createInProcessBroker } from '@socialhub/platform/events/in-process-broker';
import { deriveIdentityKeys, formatIdentityKeys } from '@socialhub/platform/identity';
import { createLogger } from '@socialhub/platform/log';
import type { Service } from '@socialhub/platform/service';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { type Answer, until } from '@socialhub/platform/testing/until';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const master = [{ id: 'k1', secret: 'of-the-rotation-of-keys-longer-than-32-characters' }];
const nowhere = 'http://127.0.0.1:9';
const log = createLogger({ service: 'test', level: 'error' });
const broker = createInProcessBroker({ log, services: ['auth'] });
const services: Service[] = [];

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let db: pg.Pool;
let url: string;
let authEnv: Record<string, string>;

beforeAll(async () => {
  database = await cloneDatabase('auth');
  db = new pg.Pool({ connectionString: database.url, max: 2 });
  authEnv = {
    DATABASE_URL: database.url,
    IDENTITY_KEYS: formatIdentityKeys(deriveIdentityKeys(master, 'auth')),
    SIGNING_KEY_SECRET: 'of the rotation of keys, of thirty-two characters',
  };
  const AUTH_URL = await startAuth();
  const gateway = createGateway(
    readGatewayConfig({
      AUTH_URL,
      PORT: '0',
      IDENTITY_KEYS: formatIdentityKeys(master),
      USER_URL: nowhere,
      POST_URL: nowhere,
      MEDIA_URL: nowhere,
      NOTIFICATION_URL: nowhere,
      CHAT_URL: nowhere,
      REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
      REQUESTS_PER_MINUTE_PER_VIEWER: '0',
      COST_PER_MINUTE: '0',
    }),
    { broker, log },
  );
  services.push(gateway);
  ({ url } = await gateway.start());
});
afterAll(async () => {
  vi.useRealTimers();
  for (const service of services.reverse()) await service.stop();
  await broker.close();
  await db?.end();
  await database?.drop();
});

async function startAuth(): Promise<string> {
  const service = createAuthService(readAuthConfig(authEnv), { broker, log });
  services.push(service);
  return (await service.start()).url;
}

async function ask(query: string, variables: object, accessToken?: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

/** The instances read the table again, and the gateway may ask for keys again. */
const halfAMinutePasses = () => vi.advanceTimersByTime(31_000);

const register = `mutation ($input: RegisterInput!) {
  register(input: $input) { tokens { accessToken refreshToken } } }`;
const refresh = `mutation ($token: String!) {
  refreshTokens(refreshToken: $token) { tokens { accessToken refreshToken } } }`;

it('refuses nobody while the key that signs is replaced, retired, and replaced again', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], shouldAdvanceTime: true });
  const kids = new Set<string>();
  const inHand = new Map<string, string>();
  const refused: unknown[] = [];
  let good = 0;
  let isOver = false;

  const person = async (name: string) => {
    const { body } = await ask(register, {
      input: { email: `${name}@example.org`, username: name, password: 'correct horse battery' },
    });
    let { accessToken, refreshToken } = body.data.register.tokens;
    while (!isOver) {
      const { kid } = JSON.parse(Buffer.from(accessToken.split('.')[0], 'base64url').toString());
      kids.add(kid);
      inHand.set(name, kid);
      for (const token of [accessToken, accessToken]) {
        const { status, body } = await ask('{ account { id } }', {}, token);
        if (status === 200 && body.data?.account) good += 1;
        else refused.push(body);
      }
      const { body: renewed } = await ask(refresh, { token: refreshToken }, accessToken);
      if (renewed.data) ({ accessToken, refreshToken } = renewed.data.refreshTokens.tokens);
      else refused.push(renewed);
    }
  };
  const people = ['ada', 'bob', 'cyd', 'dee'].map(person);
  const goOn = async () => {
    const before = good;
    await until(() => good >= before + 20, { timeoutMs: 20_000 });
  };

  for (let turn = 1; turn <= 3; turn += 1) {
    await goOn();
    // Thirty days are over: the instance that starts finds that a key is due, and publishes the next.
    await db.query(`UPDATE signing_key SET signs_from = signs_from - interval '30 days'`);
    await startAuth();
    halfAMinutePasses();
    await goOn();
    expect(kids.size).toBe(turn);
    // It takes over.
    await db.query(
      'UPDATE signing_key SET signs_from = now() WHERE retired_at IS NULL AND signs_from > now()',
    );
    halfAMinutePasses();
    // Whoever has a token of the former key renews it in time.
    await until(() => kids.size === turn + 1 && new Set(inHand.values()).size === 1, { timeoutMs: 20_000 });
  }
  isOver = true;
  await Promise.all(people);
  expect(refused).toEqual([]);
  const { rows } = await db.query(
    'SELECT count(*)::int AS retired FROM signing_key WHERE retired_at IS NOT NULL',
  );
  expect(rows[0].retired).toBeGreaterThanOrEqual(1);
}, 90_000);
