import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { otherUserId, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  graph = await startGraph();
});

afterAll(async () => {
  await Promise.all(gateways.map((one) => one.stop()));
  await graph?.stop();
});

async function start(env: Record<string, string>): Promise<TestGateway> {
  const gateway = await startGateway(graph.all, env);
  gateways.push(gateway);
  for (const subgraph of graph.all) subgraph.requests.length = 0;
  return gateway;
}

interface Told {
  type: string;
  id?: string;
  payload?: unknown;
}

/** Says what becomes of an operation over a socket: its first answer. */
async function socketOf(gateway: TestGateway, token?: string) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const told: Told[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data)) as Told));
  await until(() => socket.readyState === WebSocket.OPEN);
  const payload = token ? { authorization: `Bearer ${token}` } : {};
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await until(() => told.length > 0);
  let last = 0;
  return {
    async ask(query: string, extra: object = {}): Promise<unknown> {
      const id = String(++last);
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, ...extra } }));
      const answer = await until(() => told.find((one) => one.id === id && one.type !== 'complete'));
      return answer.payload;
    },
    start(query: string): string {
      const id = String(++last);
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query } }));
      return id;
    },
    refused: (id: string) => told.find((one) => one.id === id && one.type === 'error')?.payload,
    close: () => socket.close(),
  };
}

describe('an operation that costs more than one may', () => {
  // Each is a list of friends, 10 where nothing is known, in one of 10: 1 + 10 + 100 objects, and 100 ids; 200 to begin with.
  const within = '{ user(id: 1) { friends { friends { id } } } }';
  const over = '{ user(id: 1) { friends { friends { id avatar { id } } } } }';

  test('is refused before it runs, with its cost and the limit, on HTTP and sockets alike', async () => {
    const gateway = await start({ COST_PER_OPERATION: '321' });
    expect((await gateway.query(within)).body.errors).toBeUndefined();
    graph.user.requests.length = 0;
    const refusal = {
      message: 'The operation costs 431: at most 321 is allowed',
      extensions: { code: 'BAD_USER_INPUT', limit: 321, cost: 431 },
    };
    expect((await gateway.query(over)).body).toEqual({ errors: [refusal] });
    const socket = await socketOf(gateway);
    expect(await socket.ask(over)).toEqual([refusal]);
    expect(await socket.ask(within)).toMatchObject({ data: { user: { friends: [{}, {}] } } });
    socket.close();
    const accept = 'application/graphql-response+json';
    expect((await gateway.post({ query: over }, { accept })).status).toBe(400);
  });

  test('is one that its fragments and variables make so, whatever it is called', async () => {
    const gateway = await start({ COST_PER_OPERATION: '321' });
    const query = `query __schema($deep: Boolean!) { user(id: 1) { ...F } }
      fragment F on User { friends { friends { id avatar @include(if: $deep) { id } } } }`;
    expect((await gateway.query(query, { variables: { deep: false } })).body.errors).toBeUndefined();
    const { body } = await gateway.query(query, { variables: { deep: true } });
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', limit: 321, cost: 431 });
  });
});

describe('the costs of a minute', () => {
  test('are counted for each viewer on every transport, subscriptions at their start, and are refused with 429', async () => {
    const gateway = await start({ COST_PER_OPERATION: '0', COST_PER_MINUTE: '1218' });
    const token = await gateway.token();
    const query = '{ user(id: 1) { avatar { id } } }';
    const socket = await socketOf(gateway, token);
    for (let i = 0; i < 3; i++) await socket.ask(query);
    for (let i = 0; i < 2; i++) expect((await gateway.query(query, { token })).status).toBe(200);
    // 203 each, and as much for an event with its message: then all is spent, though some may have come back meanwhile.
    const first = socket.start('subscription { chatEvents { message { text } } }');
    await until(() => graph.feed.listeners() === 1);
    expect(socket.refused(first)).toBeUndefined();
    const dear = '{ user(id: 1) { friends { friends { friends { id } } } } }';
    const { status, headers, body } = await gateway.query(dear, { token });
    expect(status).toBe(429);
    const { extensions } = body.errors?.[0] ?? {};
    expect(extensions).toEqual({ code: 'RATE_LIMITED', limit: 1218, retryAfter: expect.any(Number) });
    expect(headers.get('retry-after')).toBe(String(extensions?.retryAfter));
    const second = socket.start('subscription { chatEvents { message { media { id } } } }');
    await until(() => socket.refused(second));
    expect(socket.refused(second)).toMatchObject([{ extensions: { code: 'RATE_LIMITED', limit: 1218 } }]);
    socket.close();
    await until(() => graph.feed.listeners() === 0);
  });

  test('of one viewer are not those of another, nor of people who are signed out', async () => {
    const gateway = await start({ COST_PER_OPERATION: '0', COST_PER_MINUTE: '12' });
    const token = await gateway.token();
    const other = await gateway.token({ claims: { sub: otherUserId } });
    const query = '{ user(id: 1) { friends { id } } }';
    expect((await gateway.query(query, { token })).status).toBe(200);
    expect((await gateway.query(query, { token })).status).toBe(429);
    expect((await gateway.query(query, { token: other })).status).toBe(200);
    expect((await gateway.query(query)).status).toBe(200);
    expect((await gateway.query(query)).status).toBe(429);
  });
});

describe('the requests of a minute', () => {
  test('from one address are limited, bad tokens and bad bodies among them', async () => {
    const gateway = await start({ REQUESTS_PER_MINUTE_PER_ADDRESS: '5' });
    await gateway.query('{ mediaLimits }', { token: 'a.b.c' });
    await gateway.post('{');
    await gateway.query('{ nope }');
    const socket = await socketOf(gateway);
    await socket.ask('{ mediaLimits }');
    // On a slow machine one or two may have come back meanwhile.
    const { headers, body } = await until(async () => {
      const answer = await gateway.query('{ mediaLimits }');
      return answer.status === 429 && answer;
    });
    expect(body.errors).toEqual([
      {
        message: 'Too many requests from this address: at most 5 a minute are allowed',
        extensions: { code: 'RATE_LIMITED', limit: 5, retryAfter: expect.any(Number) },
      },
    ]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    const refused = await until(async () => {
      const answer = await socket.ask('{ mediaLimits }');
      return Array.isArray(answer) && answer;
    });
    expect(refused).toMatchObject([{ extensions: { code: 'RATE_LIMITED', limit: 5 } }]);
    socket.close();
    expect((await gateway.fetch('/readyz')).status).toBe(200);
  });

  test('behind our proxies are those of the address that the outermost one saw', async () => {
    const gateway = await start({ REQUESTS_PER_MINUTE_PER_ADDRESS: '1', TRUSTED_PROXIES: '1' });
    const from = (address: string) =>
      gateway.post({ query: '{ mediaLimits }' }, { 'x-forwarded-for': `203.0.113.9, ${address}` });
    expect((await from('198.51.100.1')).status).toBe(200);
    expect((await from('198.51.100.1')).status).toBe(429);
    expect((await from('198.51.100.2')).status).toBe(200);
  });

  test('of one viewer are limited wherever they come from', async () => {
    const gateway = await start({ REQUESTS_PER_MINUTE_PER_VIEWER: '2', TRUSTED_PROXIES: '1' });
    const authorization = `Bearer ${await gateway.token()}`;
    const from = (address: string) =>
      gateway.post({ query: '{ mediaLimits }' }, { authorization, 'x-forwarded-for': address });
    expect((await from('198.51.100.1')).status).toBe(200);
    expect((await from('198.51.100.2')).status).toBe(200);
    const { status, body } = await from('198.51.100.3');
    expect([status, body.errors?.[0]?.extensions.limit]).toEqual([429, 2]);
    expect((await gateway.query('{ mediaLimits }')).status).toBe(200);
  });
});
