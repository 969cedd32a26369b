import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { otherUserId, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await gateway?.stop();
  await until(() => graph.feed.listeners() === 0);
});

afterAll(() => graph?.stop());

/** Behind a proxy, which tells from which address each client comes. */
async function start(env: Record<string, string>): Promise<void> {
  gateway = await startGateway(graph.all, { TRUSTED_PROXIES: '1', ...env });
}

interface Refusal {
  status: number;
  retryAfter: string | undefined;
  body: unknown;
}

/** Opens a socket and signs in. */
async function open(options: { from?: string; token?: string } = {}) {
  const { from = '198.51.100.1', token } = options;
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': from },
  });
  sockets.push(socket);
  const received: { id?: string; type: string; payload?: unknown }[] = [];
  const state: { code?: number; refused?: Refusal } = {};
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    state.code = code;
  });
  socket.on('error', () => undefined);
  socket.on('unexpected-response', async (_request, response) => {
    const body = JSON.parse((await response.toArray()).join(''));
    state.refused = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body };
  });
  await until(() => socket.readyState === WebSocket.OPEN || state.refused || state.code);
  if (!state.refused && !state.code) {
    const payload = token ? { authorization: `Bearer ${token}` } : {};
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await until(() => received.length > 0 || state.code);
  }
  return {
    socket,
    received,
    state,
    isIn: () => received[0]?.type === 'connection_ack' && !state.code,
    subscribe: (id: string) =>
      socket.send(
        JSON.stringify({
          id,
          type: 'subscribe',
          payload: { query: 'subscription { chatEvents { cursor } }' },
        }),
      ),
    complete: (id: string) => socket.send(JSON.stringify({ id, type: 'complete' })),
    errorOf: (id: string) => until(() => received.find((one) => one.id === id && one.type === 'error')),
    async leave() {
      socket.terminate();
      await until(() => state.code);
    },
  };
}

/** A stream, or the refusal of one. */
async function openStream(options: { from?: string; token?: string } = {}) {
  const gone = new AbortController();
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'x-forwarded-for': options.from ?? '198.51.100.1',
      ...(options.token && { authorization: `Bearer ${options.token}` }),
    },
    body: JSON.stringify({ query: 'subscription { chatEvents { cursor } }' }),
    signal: gone.signal,
  });
  return { response, leave: () => gone.abort() };
}

const ask = (from: string, headers: Record<string, string> = {}) =>
  gateway.post({ query: '{ mediaLimits }' }, { 'x-forwarded-for': from, ...headers });

const limited = (limit: number) => [{ extensions: { code: 'RATE_LIMITED', limit, retryAfter: 1 } }];

describe('sockets and streams', () => {
  test('of one address are so many at once, whichever they are, and those of others do not count', async () => {
    await start({ SOCKETS_PER_ADDRESS: '2' });
    const first = await open();
    const stream = await openStream();
    const { state } = await open();
    expect(state.refused).toMatchObject({ status: 429, retryAfter: '1', body: { errors: limited(2) } });
    const refused = await openStream();
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await refused.response.json()) as object).toMatchObject({ errors: limited(2) });
    expect((await open({ from: '198.51.100.2' })).isIn()).toBe(true);
    await first.leave();
    const again = await until(async () => {
      const socket = await open();
      return socket.isIn() && socket;
    });
    stream.leave();
    await again.leave();
  });

  test('of one network of version 6 are those of one address', async () => {
    await start({ SOCKETS_PER_ADDRESS: '1' });
    expect((await open({ from: '2001:db8:1:2:3::4' })).isIn()).toBe(true);
    expect((await open({ from: '2001:db8:1:2:ffff::1' })).state.refused?.status).toBe(429);
    expect((await open({ from: '2001:db8:1:3::1' })).isIn()).toBe(true);
  });

  test('of one person are so many at once, wherever they come from', async () => {
    await start({ SOCKETS_PER_VIEWER: '1' });
    const token = await gateway.token();
    const first = await open({ token });
    expect(first.isIn()).toBe(true);
    expect((await open({ token, from: '198.51.100.2' })).state.code).toBe(1013);
    expect((await openStream({ token, from: '198.51.100.3' })).response.status).toBe(429);
    const other = await gateway.token({ claims: { sub: otherUserId } });
    expect((await open({ token: other })).isIn()).toBe(true);
    expect((await open()).isIn()).toBe(true);
    await first.leave();
    const stream = await until(async () => {
      const one = await openStream({ token });
      return one.response.status === 200 && one;
    });
    stream.leave();
  });

  test('are let in from an address that has few when others have all, at the cost of who has most', async () => {
    // Eight of ten connections are for sockets and streams.
    await start({ CONNECTIONS: '10' });
    const many = await Promise.all(Array.from({ length: 8 }, () => open({ from: '198.51.100.1' })));
    expect(many.every((one) => one.isIn())).toBe(true);
    expect((await open({ from: '198.51.100.1' })).state.refused).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { errors: [{ extensions: { code: 'UNAVAILABLE' } }] },
    });
    const few = await open({ from: '198.51.100.2' });
    expect(few.isIn()).toBe(true);
    await until(() => many.some(({ state }) => state.code));
    expect(many.filter(({ state }) => state.code === 1013)).toHaveLength(1);
    expect(few.state.code).toBeUndefined();
  });
});

test('connections of a proxy are for many clients: the share of one address is not theirs', async () => {
  await start({ CONNECTIONS_PER_ADDRESS: '1' });
  const [first, second] = [await open(), await open()];
  expect([first.isIn(), second.isIn()]).toEqual([true, true]);
});

test('subscriptions of one person are so many at once over all of their sockets', async () => {
  await start({ SUBSCRIPTIONS_PER_VIEWER: '2' });
  const token = await gateway.token();
  const [first, second] = [await open({ token }), await open({ token })];
  first.subscribe('1');
  second.subscribe('2');
  await until(() => graph.feed.listeners() === 1);
  first.subscribe('3');
  expect((await first.errorOf('3')).payload).toMatchObject(limited(2));
  expect((await openStream({ token })).response.status).toBe(429);
  second.complete('2');
  await until(async () => {
    const id = String(first.received.length + 10);
    first.subscribe(id);
    first.socket.send(JSON.stringify({ type: 'ping', payload: { after: id } }));
    await until(() => first.received.some((one) => JSON.stringify(one.payload) === `{"after":"${id}"}`));
    return !first.received.some((one) => one.id === id);
  });
  await first.leave();
  await second.leave();
});

describe('a request of its address is', () => {
  /** Each is made until it is refused; then nothing else from there is taken either. */
  test.each<[string, (from: string) => Promise<number>]>([
    ['a handshake', async (from) => (await open({ from })).state.refused?.status ?? 101],
    ['a handshake for another subprotocol', (from) => handshake(from, '/graphql', 'graphql-ws')],
    ['a handshake for another path', (from) => handshake(from, '/elsewhere', 'graphql-transport-ws')],
    ['a forged token', async (from) => (await ask(from, { authorization: 'Bearer a.b.c' })).status],
    [
      'a forged token for a stream',
      async (from) => (await openStream({ from, token: 'a.b.c' })).response.status,
    ],
    ['a body of another type', async (from) => (await ask(from, { 'content-type': 'text/plain' })).status],
    ['what is not there', (from) => statusOf('GET', '/elsewhere', from)],
    ['another method', (from) => statusOf('DELETE', '/graphql', from)],
    ['a preflight', (from) => statusOf('OPTIONS', '/graphql', from)],
  ])('%s', async (_what, once) => {
    await start({ REQUESTS_PER_MINUTE_PER_ADDRESS: '3' });
    await until(async () => (await once('198.51.100.1')) === 429, { timeoutMs: 5000 });
    expect((await ask('198.51.100.1')).status).toBe(429);
    expect((await ask('198.51.100.2')).status).toBe(200);
  });

  async function statusOf(method: string, path: string, from: string): Promise<number> {
    return (await gateway.fetch(path, { method, headers: { 'x-forwarded-for': from } })).status;
  }

  function handshake(from: string, path: string, protocol: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': protocol,
        'x-forwarded-for': from,
      };
      httpRequest(`${gateway.url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
});

describe('a client that sends without an end over its socket', () => {
  test.each<[string, (socket: WebSocket, at: number) => void]>([
    ['pings', (socket) => socket.send('{"type":"ping"}')],
    ['pongs', (socket) => socket.send('{"type":"pong"}')],
    ['subscriptions that it completes', subscribeAndComplete],
    ["pings of the socket's own", (socket) => socket.ping()],
    ["pongs of the socket's own", (socket) => socket.pong()],
  ])('%s is sent away', async (_what, send) => {
    await start({ REQUESTS_PER_MINUTE_PER_ADDRESS: '50' });
    const { socket, state } = await open();
    for (let at = 0; at < 200; at += 1) send(socket, at);
    await until(() => state.code);
    expect(state.code).toBe(1013);
    expect((await ask('198.51.100.2')).status).toBe(200);
  });

  test('as somebody who is signed in is counted wherever they come from', async () => {
    await start({ REQUESTS_PER_MINUTE_PER_VIEWER: '50' });
    const token = await gateway.token();
    const { socket, state } = await open({ token });
    for (let at = 0; at < 200; at += 1) socket.send('{"type":"ping"}');
    await until(() => state.code);
    expect(state.code).toBe(1013);
    const from = '198.51.100.2';
    expect((await ask(from, { authorization: `Bearer ${token}` })).status).toBe(429);
  });

  function subscribeAndComplete(socket: WebSocket, at: number): void {
    const payload = { query: '{ mediaLimits }' };
    socket.send(JSON.stringify({ id: String(at), type: 'subscribe', payload }));
    socket.send(JSON.stringify({ id: String(at), type: 'complete' }));
  }
});

test('large bodies that one address sends at the same time are few, and small requests pass beside them', async () => {
  await start({});
  const { hostname, port } = new URL(gateway.url);
  const begin = () => {
    const socket = connect(Number(port), hostname);
    const state = { answer: '' };
    socket.on('data', (chunk) => {
      state.answer += chunk;
    });
    socket.on('error', () => undefined);
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n` +
        'x-forwarded-for: 198.51.100.1\r\ncontent-length: 100000\r\n\r\n{',
    );
    return { socket, state };
  };
  const begun = Array.from({ length: 32 }, begin);
  // One more is refused as soon as those are being read.
  const more: ReturnType<typeof begin>[] = [];
  await until(() => {
    const last = more.at(-1);
    if (last?.state.answer) return true;
    if (!last) more.push(begin());
    return false;
  });
  expect(more[0]?.state.answer).toMatch(/^HTTP\/1.1 429 [\s\S]*"limit":32/);
  expect((await ask('198.51.100.1')).status).toBe(200);
  const large = { query: `{ mediaLimits } # ${'x'.repeat(20_000)}` };
  const from = (address: string) => gateway.post(large, { 'x-forwarded-for': address });
  expect((await from('198.51.100.2')).status).toBe(200);
  for (const { socket } of [...begun, ...more]) socket.destroy();
  await until(async () => (await from('198.51.100.1')).status === 200);
});
