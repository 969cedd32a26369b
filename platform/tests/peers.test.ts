import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buildSchema } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createHttpServer } from '../src/http/server.ts';
import { createIdentitySigner, IDENTITY_HEADER } from '../src/identity/identity-signer.ts';
import { createIdentityVerifier } from '../src/identity/identity-verifier.ts';
import { createLogger } from '../src/log.ts';
import { boundPeers, type PeerBounds, usualPeerBounds } from '../src/subgraph/peers.ts';
import { createSubgraphOperations } from '../src/subgraph/subgraph-operations.ts';
import { serveSubscriptions } from '../src/subgraph/subgraph-socket.ts';
import { until } from '../src/testing/until.ts';

const keys = [{ id: 'k1', secret: 's'.repeat(40) }];
const signed = createIdentitySigner(
  keys,
  'post',
)({ viewer: null, client: { ipAddress: null, userAgent: null } });
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
  vi.restoreAllMocks();
});

/** A subgraph's server, without the subgraph. */
async function serve({
  createContext = () => ({}),
  ...bounds
}: Partial<PeerBounds> & { createContext?: () => object }) {
  const lines: string[] = [];
  const log = createLogger({
    service: 'test',
    level: 'debug',
    to: { write: (line: string) => void lines.push(line) },
  });
  const http = createHttpServer({
    log,
    ready: async () => true,
    handle: (_request, response) => void response.writeHead(200).end(),
  });
  const schema = buildSchema('type Query { a: Int } type Subscription { b: Int }');
  const subscriptions = serveSubscriptions({
    service: 'post',
    http,
    peers: boundPeers(http.server, { ...usualPeerBounds(), ...bounds }),
    schema,
    operations: createSubgraphOperations(schema, log),
    verifyIdentity: createIdentityVerifier(keys, 'post'),
    createContext,
    log,
  });
  const url = new URL(await http.listen('127.0.0.1', 0));
  cleanUp.push(async () => {
    await subscriptions.close();
    http.server.closeAllConnections();
    await http.close();
  });
  const connections = () =>
    new Promise<number>((resolve) => http.server.getConnections((_error, count) => resolve(count)));

  return {
    subscriptions,
    /** The levels of what was logged. */
    levels: () => lines.map((line) => (JSON.parse(line) as { level: string }).level),
    connections,
    /** A connection on which nothing is said. */
    connect(from = '127.0.0.1'): Socket {
      const socket = connect({ port: Number(url.port), host: url.hostname, localAddress: from });
      socket.on('error', () => undefined).resume();
      cleanUp.push(() => socket.destroy());
      return socket;
    },
    /** A WebSocket, or the status that its handshake was answered with. */
    async open(options: { from?: string; identity?: string | undefined; path?: string } = {}) {
      const { from = '127.0.0.1', path = '/graphql' } = options;
      const identity = 'identity' in options ? options.identity : signed;
      const socket = new WebSocket(`ws://${url.host}${path}`, 'graphql-transport-ws', {
        localAddress: from,
        ...(identity !== undefined && { headers: { [IDENTITY_HEADER]: identity } }),
      });
      cleanUp.push(() => socket.terminate());
      socket.on('error', () => undefined);
      const refused = once(socket, 'unexpected-response').then(
        ([, response]) => (response as IncomingMessage).statusCode,
      );
      const opened = once(socket, 'open').then(() => socket);
      return Promise.race([refused, opened]);
    },
  };
}

test('a peer has so many connections and no more, those of others do not count', async () => {
  const { connect, connections } = await serve({ connectionsPerPeer: 2 });
  const held = [connect(), connect()];
  await until(async () => (await connections()) === 2);
  await once(connect(), 'close');
  await once(connect('127.0.0.2'), 'connect');
  await until(async () => (await connections()) === 3);
  expect(held.some(({ closed }) => closed)).toBe(false);
});

test('there are so many connections in all, and whoever has most gives one to who has fewer', async () => {
  const { connect, connections } = await serve({ connections: 3 });
  const held = [connect(), connect(), connect()];
  await until(async () => (await connections()) === 3);
  const other = connect('127.0.0.2');
  await until(() => held.some(({ closed }) => closed));
  expect([held.filter(({ closed }) => closed).length, other.closed]).toEqual([1, false]);
});

test.each([undefined, '', 'k1.e30.x', `${signed}x`])(
  'a handshake that the gateway has not signed (%s) is refused and takes no place',
  async (identity) => {
    const { open } = await serve({ sockets: 1 });
    expect(await open({ identity })).toBe(401);
    expect(await open({ identity, path: '/elsewhere' })).toBe(401);
    expect(await open()).toBeInstanceOf(WebSocket);
  },
);

test('a peer has so many sockets, which it gets back as they close', async () => {
  const { open } = await serve({ socketsPerPeer: 1 });
  const first = await open();
  expect(await open()).toBe(503);
  expect(await open({ from: '127.0.0.2' })).toBeInstanceOf(WebSocket);
  (first as WebSocket).terminate();
  await until(async () => (await open()) instanceof WebSocket);
});

test('there are so many sockets in all, and whoever has most gives one to who has none', async () => {
  const { open } = await serve({ sockets: 2 });
  const held = [await open(), await open()] as WebSocket[];
  const closed = Promise.race(held.map((socket) => once(socket, 'close')));
  expect(await open({ from: '127.0.0.2' })).toBeInstanceOf(WebSocket);
  // At once, and not as one that is late with its connection_init.
  expect(await closed).toEqual([1006, expect.anything()]);
});

test('a socket that never says connection_init is closed, and so is one that says too much at once', async () => {
  const { open } = await serve({});
  const [silent, loud] = (await Promise.all([open(), open()])) as [WebSocket, WebSocket];
  loud.send('x'.repeat(1_000_001));
  expect(await once(loud, 'close')).toEqual([1009, expect.anything()]);
  expect(await once(silent, 'close')).toEqual([4408, expect.anything()]);
});

const frame = (head: number, text: string) =>
  Buffer.concat([Buffer.from([head, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text, 'latin1')]);
const init = '{"type":"connection_init"}';
const subscribe = (identity: string) =>
  JSON.stringify({
    id: '1',
    type: 'subscribe',
    payload: { query: 'subscription { b }', extensions: { identity } },
  });

test.each<[string, (string | Buffer)[], number]>([
  ['a message that is too long', ['x'.repeat(1_000_001)], 1009],
  ['a text that is not UTF-8', [frame(0x81, '\xff\xfe')], 1007],
  ['a frame that nobody knows', [frame(0x83, 'x')], 1002],
  ['a frame with reserved bits', [frame(0xf1, 'x')], 1002],
  ['what is no JSON', ['{'], 4400],
  ['what is no message', ['{"type":"nope"}'], 4400],
  ['a message without its parts', ['{"type":"subscribe"}'], 4400],
  ['a subscription before connection_init', [subscribe(signed)], 4401],
  ['connection_init twice', [init, init], 4429],
])('%s ends the socket that sent it, and is no error of ours', async (_what, messages, code) => {
  const print = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
  const { open, levels } = await serve({});
  const socket = (await open()) as WebSocket & { _socket: Socket };
  for (const message of messages) {
    if (typeof message === 'string') socket.send(message);
    else socket._socket.write(message);
  }
  expect(await once(socket, 'close')).toEqual([code, expect.anything()]);
  for (const spy of print) expect(spy.mock.calls).toEqual([]);
  expect(levels().filter((level) => level !== 'debug')).toEqual([]);
});

test('what fails here is one line in the log, and the caller is not told what', async () => {
  const print = vi.spyOn(console, 'error');
  const { open, levels } = await serve({
    createContext: () => {
      throw new Error('a secret');
    },
  });
  const socket = (await open()) as WebSocket;
  socket.send(init);
  await once(socket, 'message');
  socket.send(subscribe(signed));
  const [code, reason] = await once(socket, 'close');
  expect([code, String(reason)]).toEqual([4500, 'Internal server error']);
  expect(levels()).toEqual(['error']);
  expect(print.mock.calls).toEqual([]);
});

test('a socket whose other end does not answer holds nobody up who stops', async () => {
  const { open, subscriptions } = await serve({});
  const socket = (await open()) as WebSocket;
  socket.pause();
  const began = performance.now();
  await subscriptions.close();
  expect(performance.now() - began).toBeLessThan(6_000);
}, 15_000);
