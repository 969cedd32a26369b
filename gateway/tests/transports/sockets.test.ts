import { request as httpRequest } from 'node:http';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { otherUserId, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all);
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

/** A socket without a client library, so that a test can break the protocol. */
function open(
  options: {
    origin?: string;
    protocol?: string | string[];
    headers?: Record<string, string>;
    to?: TestGateway;
  } = {},
) {
  const url = `${(options.to ?? gateway).url.replace('http', 'ws')}/graphql`;
  const { origin, headers } = options;
  const socket = new WebSocket(url, options.protocol ?? 'graphql-transport-ws', {
    headers: { ...headers, ...(origin && { origin }) },
  });
  const received: Message[] = [];
  const closed: { code?: number; reason?: string; error?: string } = {};
  socket.on('message', (data) => received.push(JSON.parse(String(data)) as Message));
  socket.on('close', (code, reason) => Object.assign(closed, { code, reason: String(reason) }));
  socket.on('error', (error) => Object.assign(closed, { error: error.message }));
  return {
    socket,
    received,
    closed,
    send: (message: object | string) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    opened: () => until(() => socket.readyState === WebSocket.OPEN || closed.error),
    /** Sends connection_init and waits for the answer. */
    async init(token?: string) {
      await this.opened();
      this.send({
        type: 'connection_init',
        ...(token && { payload: { authorization: `Bearer ${token}` } }),
      });
      await until(() => received.length > 0 || closed.code);
      return this;
    },
    got: (type: string, id?: string) =>
      until(() =>
        received.find((message) => message.type === type && (id === undefined || message.id === id)),
      ),
    closeCode: () => until(() => closed.code),
  };
}

const subscribe = (id: string, query: string, variables: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});

describe('a socket', () => {
  test('answers queries and mutations, as the person who signed in with connection_init', async () => {
    const socket = await open().init(await gateway.token());
    expect(socket.received[0]).toEqual({ type: 'connection_ack' });
    socket.send(subscribe('1', '{ viewer { email } }'));
    socket.send(subscribe('2', 'mutation { rename(id: 4, name: "x") { displayName } }'));
    expect(await socket.got('next', '1')).toMatchObject({
      payload: { data: { viewer: { email: '1@example.org' } } },
    });
    expect(await socket.got('next', '2')).toMatchObject({
      payload: { data: { rename: { displayName: 'User 4' } } },
    });
    await socket.got('complete', '1');
    await socket.got('complete', '2');
    socket.socket.close();
  });

  test('is signed out without a token, and refused like a request is', async () => {
    const socket = await open().init();
    socket.send(subscribe('1', '{ mediaLimits }'));
    await socket.got('complete', '1');
    const refused: [string, string, string][] = [
      ['2', '{ viewer { id } }', 'UNAUTHENTICATED'],
      ['3', '{ nope }', 'BAD_USER_INPUT'],
      ['4', '{ mediaLimits ', 'BAD_USER_INPUT'],
      ['5', `{ ${'mediaLimits '.repeat(21)} }`, 'BAD_USER_INPUT'],
      ['6', '{ __schema { types { name } } }', 'BAD_USER_INPUT'],
      ['7', '', 'BAD_USER_INPUT'],
    ];
    for (const [id, query, code] of refused) {
      socket.send(subscribe(id, query));
      const { payload } = await socket.got('error', id);
      expect(payload).toMatchObject([{ extensions: { code } }]);
    }
    socket.socket.close();
  });

  test('tells an error of a field beside the data, masked', async () => {
    const socket = await open().init();
    socket.send(subscribe('1', '{ fails mediaLimits }'));
    expect((await socket.got('next', '1')).payload).toEqual({
      data: { fails: null, mediaLimits: 4 },
      errors: [
        { message: 'Internal server error', path: ['fails'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ],
    });
    socket.socket.close();
  });

  test('may run so many operations at once and no more', async () => {
    const socket = await open().init();
    for (let id = 1; id <= 51; id++) {
      socket.send(subscribe(String(id), 'subscription { chatEvents { cursor } }'));
    }
    expect((await socket.got('error')).payload).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', limit: 50 } },
    ]);
    await until(() => graph.feed.listeners() === 50);
    socket.socket.terminate();
    await until(() => graph.feed.listeners() === 0);
  });
});

describe('an operation that its client completes before its turn has come', () => {
  test('is not begun, whoever sends hundreds of them', async () => {
    const [flood, other] = [await open().init(), await open().init()];
    const query = subscribe('last', '{ mediaLimits }');
    other.send(query);
    await other.got('complete', 'last');
    const before = graph.media.requests.length;
    for (let id = 1; id <= 400; id++) {
      flood.send({ ...query, id: String(id) });
      flood.send({ type: 'complete', id: String(id) });
    }
    await until(() => graph.media.requests.length > before);
    other.send(query);
    await until(() => other.received.filter(({ type }) => type === 'complete').length === 2);
    expect(graph.media.requests.length - before).toBeLessThan(100);
    for (const { socket } of [flood, other]) socket.close();
  });

  test('is not taken for another one with its id: the socket is closed, and nothing of either stays', async () => {
    const socket = await open().init();
    const subscription = subscribe('1', 'subscription { chatEvents { cursor } }');
    for (const message of [subscription, { type: 'complete', id: '1' }, subscription]) socket.send(message);
    expect(await socket.closeCode()).toBe(4409);
    const after = await open().init();
    after.send(subscription);
    await until(() => graph.feed.listeners() > 0);
    after.socket.close();
    await until(() => graph.feed.listeners() === 0);
  });
});

describe('a socket is closed', () => {
  test('with 4403 for a token that is not good', async () => {
    for (const token of ['a.b.c', await gateway.token({ expires: -30 })]) {
      const socket = await open().init(token);
      expect(await socket.closeCode()).toBe(4403);
    }
  });

  test('with 4401 for an operation before connection_init', async () => {
    const socket = open();
    await socket.opened();
    socket.send(subscribe('1', '{ mediaLimits }'));
    expect(await socket.closeCode()).toBe(4401);
  });

  test('with 4408 when connection_init does not come', async () => {
    const socket = open();
    await socket.opened();
    expect(await socket.closeCode()).toBe(4408);
    expect(socket.closed.reason).toBe('Connection initialisation timeout');
  });

  test('with 4429 for a second connection_init, 4409 for an id in use, 4400 for what is no message', async () => {
    const twice = await open().init();
    twice.send({ type: 'connection_init' });
    expect(await twice.closeCode()).toBe(4429);
    const sameId = await open().init();
    sameId.send(subscribe('1', 'subscription { chatEvents { cursor } }'));
    sameId.send(subscribe('1', 'subscription { chatEvents { cursor } }'));
    expect(await sameId.closeCode()).toBe(4409);
    for (const junk of ['{', '{"type":"nope"}', '[]']) {
      const socket = await open().init();
      socket.send(junk);
      expect(await socket.closeCode()).toBe(4400);
    }
  });

  test('with 1009 for a message that is too long', async () => {
    const socket = await open().init();
    socket.send(subscribe('1', `# ${'x'.repeat(1_000_000)}`));
    expect(await socket.closeCode()).toBe(1009);
  });

  test('with 4403 when its token expires, unless a fresh one has come', async () => {
    const token = await gateway.token({ expires: 2 });
    const [left, renewed] = [await open().init(token), await open().init(token)];
    renewed.send({ type: 'ping', payload: { authorization: `Bearer ${await gateway.token()}` } });
    expect(await renewed.got('pong')).toEqual({ type: 'pong' });
    expect(await left.closeCode()).toBe(4403);
    renewed.send(subscribe('1', '{ viewer { id } }'));
    await renewed.got('next', '1');
    renewed.socket.close();
  });

  test('with 4403 when its fresh token brings another role', async () => {
    const socket = await open().init(await gateway.token());
    const promoted = await gateway.token({ claims: { role: 'MODERATOR' } });
    socket.send({ type: 'ping', payload: { authorization: `Bearer ${promoted}` } });
    expect(await socket.closeCode()).toBe(4403);
  });

  test('not when its fresh token is of another session of the same person, to which it then belongs', async () => {
    const tokenOf = (sid: string) => gateway.token({ claims: { sid } });
    const socket = await open().init(await tokenOf('first-tab'));
    socket.send(subscribe('1', 'subscription { chatEvents { cursor } }'));
    await until(() => graph.feed.listeners() === 1);
    socket.send({ type: 'ping', payload: { authorization: `Bearer ${await tokenOf('second-tab')}` } });
    await socket.got('pong');
    gateway.revoke('first-tab');
    graph.feed.push({ cursor: '1', kind: 'K' });
    expect((await socket.got('next', '1')).payload).toEqual({ data: { chatEvents: { cursor: '1' } } });
    expect(socket.closed).toEqual({});
    gateway.revoke('second-tab');
    expect(await socket.closeCode()).toBe(4403);
    await until(() => graph.feed.listeners() === 0);
  });

  test("with 4403 when the fresh token is bad or somebody else's", async () => {
    for (const other of ['a.b.c', await gateway.token({ claims: { sub: otherUserId } })]) {
      const socket = await open().init(await gateway.token());
      socket.send({ type: 'ping', payload: { authorization: `Bearer ${other}` } });
      expect(await socket.closeCode()).toBe(4403);
    }
  });

  test('within a second with 4403 when its session ends, and no other is', async () => {
    const [ended, other] = await Promise.all(
      ['gone', 'stays'].map(async (sid) => open().init(await gateway.token({ claims: { sid } }))),
    );
    ended?.send(subscribe('1', 'subscription { chatEvents { cursor } }'));
    await until(() => graph.feed.listeners() === 1);
    gateway.revoke('gone');
    await until(() => ended?.closed.code === 4403, { timeoutMs: 1000 });
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 1000 });
    other?.send(subscribe('1', '{ viewer { id } }'));
    await other?.got('next', '1');
    other?.socket.close();
  });
});

/** The answer to a handshake that is refused. */
function refusedHandshake(protocol: string | undefined): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${gateway.url}/graphql`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...(protocol !== undefined && { 'sec-websocket-protocol': protocol }),
      },
    });
    request.on('error', reject);
    request.on('upgrade', () => reject(new Error('it is not refused')));
    request.on('response', async (response) => {
      const body = JSON.parse((await response.toArray()).join(''));
      resolve({ status: response.statusCode ?? 0, body });
    });
    request.end();
  });
}

describe('a handshake', () => {
  test.each([
    ['graphql-ws', /graphql-transport-ws.*Kotlin.*GraphQLWsProtocol/],
    ['soap, wamp', /graphql-transport-ws.*Sec-WebSocket-Protocol/],
    [undefined, /graphql-transport-ws.*Sec-WebSocket-Protocol/],
  ])(
    'that offers the subprotocol %s is refused with a sentence that names the right one',
    async (protocol, text) => {
      expect(await refusedHandshake(protocol)).toEqual({
        status: 400,
        body: {
          errors: [{ message: expect.stringMatching(text), extensions: { code: 'BAD_USER_INPUT' } }],
        },
      });
    },
  );

  test('that offers the right subprotocol among others is taken', async () => {
    const socket = await open({ protocol: ['graphql-ws', 'graphql-transport-ws'] }).init();
    expect(socket.socket.protocol).toBe('graphql-transport-ws');
    socket.socket.close();
  });

  test('signs in by its own header, unless connection_init says otherwise', async () => {
    const bearer = async (claims = {}) => `Bearer ${await gateway.token({ claims })}`;
    const viewerOf = async (header: string, payload?: object) => {
      const socket = open({ headers: { authorization: header } });
      await socket.opened();
      socket.send({ type: 'connection_init', ...(payload && { payload }) });
      await until(() => socket.received.length > 0 || socket.closed.code);
      if (socket.closed.code) return socket.closed.code;
      socket.send(subscribe('1', '{ viewer { email } }'));
      const answer = await until(() => socket.received.find(({ id }) => id === '1'));
      socket.socket.close();
      return answer.payload;
    };
    const mine = { data: { viewer: { email: '1@example.org' } } };
    const signedOut = [{ extensions: { code: 'UNAUTHENTICATED' } }];
    expect(await viewerOf(await bearer())).toEqual(mine);
    expect(await viewerOf(await bearer(), { locale: 'en' })).toEqual(mine);
    expect(await viewerOf('Bearer a.b.c', { authorization: await bearer() })).toEqual(mine);
    expect(await viewerOf(await bearer(), { authorization: null })).toMatchObject(signedOut);
    expect(await viewerOf(await bearer(), { authorization: 'Bearer a.b.c' })).toBe(4403);
    expect(await viewerOf('Bearer a.b.c')).toBe(4403);
  });
});

describe('a page', () => {
  test('of an origin that is not listed opens no socket', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      const socket = open({ origin });
      expect(await until(() => socket.closed.error)).toContain('403');
    }
  });

  test("of a listed origin, or of the gateway's own, does", async () => {
    for (const origin of ['https://app.example', gateway.url]) {
      const socket = await open({ origin }).init();
      expect(socket.received[0]?.type).toBe('connection_ack');
      socket.socket.close();
    }
  });
});

test('a ping is answered with its payload', async () => {
  const socket = await open().init();
  socket.send({ type: 'ping', payload: { at: 1 } });
  expect(await socket.got('pong')).toEqual({ type: 'pong', payload: { at: 1 } });
  socket.socket.close();
});

test('a socket that does not read is cut, and what waits for it is bounded', async () => {
  const socket = await open().init();
  socket.send(subscribe('1', 'subscription { chatEvents { cursor message { text } } }'));
  await until(() => graph.feed.listeners() === 1);
  socket.socket.pause();
  const text = 'x'.repeat(200_000);
  for (let i = 0; i < 1200; i++)
    graph.feed.push({ cursor: String(i), kind: 'K', message: { id: '1', text } });
  await until(() => graph.feed.listeners() === 0, {
    timeoutMs: 20_000,
    what: 'the subscription is ended upstream',
  });
  socket.socket.terminate();
});

test('a gateway that drains sends its sockets away with 1001 and takes no new one', async () => {
  const draining = await startGateway(graph.all, { DRAIN_DELAY_MS: '2000' });
  const sockets = await Promise.all([1, 2, 3].map(() => open({ to: draining }).init()));
  sockets[0]?.send(subscribe('1', 'subscription { chatEvents { cursor } }'));
  await until(() => graph.feed.listeners() === 1);
  const drained = draining.drain();
  expect((await draining.fetch('/readyz')).status).toBe(503);
  expect((await draining.fetch('/livez')).status).toBe(200);
  for (const socket of sockets) expect(await socket.closeCode()).toBe(1001);
  await drained;
  await until(() => graph.feed.listeners() === 0);
  await expect(draining.fetch('/livez')).rejects.toThrow();
  await draining.stop();
});
