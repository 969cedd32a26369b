import { connect } from 'node:net';
import { createRabbitMqBroker } from '@socialhub/platform/events/rabbitmq/broker';
import { until } from '@socialhub/platform/testing/until';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasRabbitMq, rabbitMqForTests } from '../../../platform/tests/events/rabbitmq-for-tests.ts';
import { otherUserId, startGateway, type TestGateway, userId } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;

beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph?.stop());
beforeEach(() => until(() => graph.feed.listeners() === 0, { what: 'every earlier subscription is closed' }));

/** A subscription on a socket of its own, with this token; tells with which code the socket was closed. */
async function watch(gateway: TestGateway, token: string) {
  const before = graph.feed.listeners();
  const closed: { code?: number } = {};
  const client = gateway.socket({ token, onClosed: ({ code }) => Object.assign(closed, { code }) });
  const stop = client.subscribe(
    { query: 'subscription { mine { cursor } }' },
    { next: () => undefined, error: () => undefined, complete: () => undefined },
  );
  await until(() => graph.feed.listeners() > before || closed.code);
  return { closed, stop };
}

const statusOf = async (gateway: TestGateway, token: string) =>
  (await gateway.post({ query: '{ viewer { id } }' }, { authorization: `Bearer ${token}` })).status;
const codeWithinASecond = async ({ closed }: { closed: { code?: number } }) => {
  await until(() => closed.code, { timeoutMs: 1000 });
  return closed.code;
};

describe('when a role changes', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway(graph.all);
  });
  afterAll(() => gateway?.stop());

  test('sockets of the person with the earlier role close with 4403, and no others', async () => {
    const ofRole = (role: string, sub = userId) =>
      gateway.token({ claims: { role, sub, sid: `${role} ${sub}` } });
    const member = await watch(gateway, await ofRole('MEMBER'));
    const moderator = await watch(gateway, await ofRole('MODERATOR'));
    const stranger = await watch(gateway, await ofRole('MEMBER', otherUserId));
    gateway.changeRole(userId, 'MODERATOR');
    expect(await codeWithinASecond(member)).toBe(4403);
    await until(() => graph.feed.listeners() === 2, { timeoutMs: 1000 });
    expect([moderator.closed, stranger.closed]).toEqual([{}, {}]);
    moderator.stop();
    stranger.stop();
  });

  test('tokens with the earlier role are refused over every transport, and a fresh one is taken', async () => {
    const [early, fresh] = await Promise.all(
      ['MEMBER', 'ADMIN'].map((role) => gateway.token({ claims: { role, sid: `of ${role}` } })),
    );
    gateway.changeRole(userId, 'ADMIN');
    expect(await statusOf(gateway, early ?? '')).toBe(401);
    expect((await watch(gateway, early ?? '')).closed.code).toBe(4403);
    const stream = await gateway.post(
      { query: 'subscription { mine { cursor } }' },
      { authorization: `Bearer ${early}`, accept: 'text/event-stream' },
    );
    expect(stream.status).toBe(401);
    expect(await statusOf(gateway, fresh ?? '')).toBe(200);
    const welcome = await watch(gateway, fresh ?? '');
    expect(welcome.closed).toEqual({});
    welcome.stop();
  });

  test('and a later change may have been missed, the role is asked for; ended sessions stay ended', async () => {
    const token = await gateway.token({ claims: { sid: 'one' } });
    gateway.changeRole(userId, 'ADMIN');
    gateway.revoke('two');
    expect(await statusOf(gateway, token)).toBe(401);
    gateway.roles.push({ userId, role: 'MEMBER' });
    gateway.missSignals();
    await until(async () => (await statusOf(gateway, token)) === 200);
    expect(await statusOf(gateway, await gateway.token({ claims: { sid: 'two' } }))).toBe(401);
  });

  test('to what is no role, nobody is kept out', async () => {
    gateway.changeRole(userId, 'EMPEROR');
    expect(await statusOf(gateway, await gateway.token())).toBe(200);
  });
});

test('a session that ends while its request is still being read gets no stream', async () => {
  const gateway = await startGateway(graph.all);
  const token = await gateway.token({ claims: { sid: 'late' } });
  expect(await statusOf(gateway, token)).toBe(200);
  const { hostname, port } = new URL(gateway.url);
  const body = JSON.stringify({ query: 'subscription { mine { cursor } }' });
  const head = [
    'POST /graphql HTTP/1.1',
    `host: ${hostname}`,
    `authorization: Bearer ${token}`,
    'accept: text/event-stream',
    'content-type: application/json',
    `content-length: ${body.length}`,
    'expect: 100-continue',
  ];
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (part) => {
    received += String(part);
  });
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await until(() => received.includes('100 Continue'));
  gateway.revoke('late');
  socket.write(body);
  await until(() => received.includes('event: complete'));
  expect(received).toContain('UNAUTHENTICATED');
  expect(graph.feed.listeners()).toBe(0);
  socket.destroy();
  await gateway.stop();
});

describe.skipIf(!hasRabbitMq)('two gateways on RabbitMQ', () => {
  let rabbitMq: Awaited<ReturnType<typeof rabbitMqForTests>>;
  let auth: ReturnType<typeof createRabbitMqBroker>;
  let gateways: TestGateway[] = [];

  beforeAll(async () => {
    rabbitMq = await rabbitMqForTests();
    auth = createRabbitMqBroker({ url: rabbitMq.url, log: pino({ level: 'silent' }) });
    await auth.connect();
    const env = { RABBITMQ_URL: rabbitMq.url };
    gateways = await Promise.all([startGateway(graph.all, env), startGateway(graph.all, env)]);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await auth?.close();
    await rabbitMq?.stop();
  }, 60_000);

  test.each<[string, string, Record<string, string>]>([
    ['a session ends, be it by a suspension', 'session_revoked', { sessionId: 'theirs' }],
    ['a role changes', 'role_changed', { userId, role: 'MODERATOR' }],
  ])('both close the sockets within a second and refuse the token when %s', async (_what, topic, payload) => {
    const theirs = { sid: 'theirs' };
    const others = { sub: otherUserId, sid: 'others' };
    const watching: { gateway: TestGateway; token: string; closed: { code?: number } }[] = [];
    const bystanders: Awaited<ReturnType<typeof watch>>[] = [];
    for (const gateway of gateways) {
      const token = await gateway.token({ claims: theirs });
      watching.push({ gateway, token, closed: (await watch(gateway, token)).closed });
      bystanders.push(await watch(gateway, await gateway.token({ claims: others })));
    }
    await auth.signal(topic, payload);
    for (const one of watching) expect(await codeWithinASecond(one)).toBe(4403);
    for (const { gateway, token } of watching) expect(await statusOf(gateway, token)).toBe(401);
    for (const one of bystanders) {
      expect(one.closed).toEqual({});
      one.stop();
    }
  });
});
