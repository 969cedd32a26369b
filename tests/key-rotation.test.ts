import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuthService, readConfig as readAuthConfig } from '@socialhub/auth';
import { createGateway, readConfig as readGatewayConfig } from '@socialhub/gateway';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { createInProcessBroker } from '@socialhub/platform/events/in-process-broker';
import { deriveIdentityKeys, formatIdentityKeys } from '@socialhub/platform/identity/identity-signer';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phone } from './story/client.ts';

const master = [{ id: 'k1', secret: 'of-a-rotation-longer-than-thirty-two-characters' }];
const log = createLogger({ service: 'test', level: 'error' });
// It is about tokens alone: nobody applies events.
const broker = createInProcessBroker({ log, services: [] });
const callers = 6;

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let db: pg.Pool;
let front: Awaited<ReturnType<typeof startFront>>;
let auth: { url: string; service: Service };
let gateway: Service;
let url: string;

beforeAll(async () => {
  database = await cloneDatabase('auth');
  db = new pg.Pool({ connectionString: database.url, max: 1 });
  // A connection that is being closed may be cut when the database is dropped.
  db.on('error', () => undefined);
  auth = await startAuth();
  front = await startFront(auth.url);
  const nowhere = serviceNames.map((name) => [`${name.toUpperCase()}_URL`, 'http://127.0.0.1:9']);
  const env = { ...Object.fromEntries(nowhere), AUTH_URL: front.url, PORT: '0', LOG_LEVEL: 'error' };
  gateway = createGateway(
    readGatewayConfig({ ...env, IDENTITY_KEYS: formatIdentityKeys(master) }),
    // Months pass in a second here: the five minutes between two readings of the keys are as much shorter.
    { broker, log, keyTimes: { refresh: 20 } },
  );
  ({ url } = await gateway.start());
});
afterAll(async () => {
  await gateway?.stop();
  await auth?.service.stop();
  front?.close();
  await broker.close();
  await db?.end();
  await database?.drop();
});

async function startAuth() {
  const service = createAuthService(
    readAuthConfig({
      DATABASE_URL: database.url,
      IDENTITY_KEYS: formatIdentityKeys(deriveIdentityKeys(master, 'auth')),
      SIGNING_KEY_SECRET: 'of a rotation, longer than thirty-two characters',
    }),
    { broker: { ...broker, consume: async () => ({ stop: async () => {} }) }, log },
  );
  return { service, url: (await service.start()).url };
}

/** A load balancer before the instances of a service. `heard` resolves when the keys have been asked for once more. */
async function startFront(first: string) {
  let target = first;
  let heard: (() => void)[] = [];
  const forward = (incoming: IncomingMessage, response: ServerResponse) => {
    const { method, headers, url: path = '/' } = incoming;
    const isForKeys = path.endsWith('jwks.json');
    const waiting = isForKeys ? heard.splice(0) : [];
    const onward = request(`${target}${path}`, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).once('finish', () => {
        for (const tell of waiting) tell();
      });
    });
    onward.once('error', () => response.destroy());
    incoming.pipe(onward);
  };
  const server = createServer(forward).listen(0, '127.0.0.1');
  await until(() => server.listening);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to(next: string) {
      target = next;
    },
    heard: () => new Promise<void>((resolve) => heard.push(resolve)),
    close() {
      heard = [];
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A new instance takes over, as in a rolling deployment, once the gateway has its keys: it does what is due as it starts. */
async function takeOver(): Promise<void> {
  const next = await startAuth();
  front.to(next.url);
  await front.heard();
  // The one before it was asked before; from the second on, what is read is what this one publishes.
  await front.heard();
  await auth.service.stop();
  auth = next;
}

const age = (by: string) => db.query('UPDATE signing_key SET signs_from = signs_from - $1::interval', [by]);
const kidOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString()).kid;

/** Somebody who asks and refreshes without a pause. */
async function startCaller(name: string) {
  const tokens = 'tokens { accessToken refreshToken }';
  const input = { email: `${name}@example.org`, username: name, password: 'correct horse battery' };
  const { register } = await phone(url).ask(
    `mutation ($input: RegisterInput!) { register(input: $input) { ${tokens} } }`,
    { input },
  );
  let pair: { accessToken: string; refreshToken: string } = register.tokens;
  const faults: unknown[] = [];
  let answered = 0;
  let isOver = false;
  const take = async (query: string, variables: object, token?: string) => {
    const { data, errors } = await phone(url, token).send(query, variables);
    if (errors) faults.push(errors);
    answered += 1;
    return data;
  };
  const running = (async () => {
    while (!isOver) {
      for (let turn = 0; turn < 4; turn += 1) await take('{ account { id } }', {}, pair.accessToken);
      const refreshed = await take(
        `mutation ($token: String!) { refreshTokens(input: { refreshToken: $token }) { ${tokens} } }`,
        { token: pair.refreshToken },
      );
      pair = refreshed?.refreshTokens?.tokens ?? pair;
    }
  })();
  return {
    faults,
    answered: () => answered,
    token: () => pair.accessToken,
    async stop() {
      isOver = true;
      await running;
    },
  };
}

it('costs no answer while keys are published, sign and are retired, and instances of auth take over from each other', async () => {
  const people = await Promise.all(Array.from({ length: callers }, (_, at) => startCaller(`caller_${at}`)));
  const kids = () => new Set(people.map(({ token }) => kidOf(token())));
  const [first = ''] = kids();
  const old = people[0]?.token() ?? '';
  const seen = [first];

  for (let rotation = 0; rotation < 3; rotation += 1) {
    const before = seen.at(-1) ?? '';
    // The key has signed for its thirty days: the next one is published, and read by the gateway before it signs.
    await age('30 days');
    await takeOver();
    expect(kids()).toEqual(new Set([before]));
    await db.query('UPDATE signing_key SET signs_from = now() WHERE signs_from > now()');
    await takeOver();
    await until(() => kids().size === 1 && !kids().has(before));
    seen.push(...kids());
    // Nobody holds a token of the one before any more: it is retired.
    await age('18 minutes');
    await takeOver();
  }

  const answered = people.map((person) => person.answered());
  await until(() => people.every((person, at) => person.answered() > (answered[at] ?? 0) + 5));
  await Promise.all(people.map((person) => person.stop()));
  expect(people.flatMap(({ faults }) => faults)).toEqual([]);
  expect(new Set(seen).size).toBe(4);
  dataOf(await phone(url, people[0]?.token()).send('{ account { id } }'));
  expectError(await phone(url, old).send('{ account { id } }'), 'UNAUTHENTICATED');
});
