import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { ExecutionResult } from 'graphql';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createSubgraphSocket } from '../src/subgraphs/subgraph-socket.ts';
import {
  defaultSocketOptions,
  type SocketOptions,
  type SubgraphSocket,
  type UpstreamOperation,
} from '../src/subgraphs/upstream-operation.ts';

const until = <T>(check: () => T) => vi.waitUntil(check, { timeout: 10_000, interval: 20 });

interface Message {
  type: string;
  id?: string;
}

/** A subgraph that does what the test says with every message. */
async function startPeer(answer: (message: Message, socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const received: Message[] = [];
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Message;
      received.push(message);
      answer(message, socket);
    });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    received,
    ofType: (type: string) => received.filter((message) => message.type === type),
    connections: () => connections,
    clients: server.clients,
    stop() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

type Peer = Awaited<ReturnType<typeof startPeer>>;
const logged: string[] = [];
const note = (_fields: object, text: string) => void logged.push(text);
const log = { debug: note, info: note, warn: note, error: note };
const running: { stop(): unknown }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
  logged.length = 0;
});

async function connect(
  answer: Parameters<typeof startPeer>[0],
  limits: Partial<SocketOptions> = {},
): Promise<{ peer: Peer; socket: SubgraphSocket }> {
  const peer = await startPeer(answer);
  const socket = createSubgraphSocket({
    name: 'events',
    url: peer.url,
    socket: {
      ...defaultSocketOptions,
      connectTimeoutMs: 150,
      keepAliveMs: 50,
      pongTimeoutMs: 150,
      idleMs: 50,
      backoff: { baseMs: 20, maxMs: 40 },
      ...limits,
    },
    maskError: (error) => error as never,
    log,
  });
  running.push(peer, { stop: () => socket.close() });
  return { peer, socket };
}

function operation(canResume: boolean) {
  const heard: { events: ExecutionResult[]; error?: Error; completed?: boolean } = { events: [] };
  const asked: UpstreamOperation = {
    payload: () => ({ query: 'subscription { happened }', variables: {}, extensions: {} }),
    canResume: () => canResume,
    interrupted: () => undefined,
    next: (event) => heard.events.push(event),
    complete() {
      heard.completed = true;
    },
    error(error) {
      heard.error = error;
    },
  };
  return { asked, heard };
}

const unavailable = { message: 'not now', extensions: { code: 'UNAVAILABLE' } };

const acknowledge = (socket: WebSocket) => socket.send('{"type":"connection_ack"}');

test('a subgraph that takes the connection but never acknowledges it is given up, after a few tries', async () => {
  const { peer, socket } = await connect(() => undefined);
  const { asked, heard } = operation(true);
  socket.subscribe(asked);
  await until(() => heard.error);
  expect(heard.error).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  expect(peer.connections()).toBe(defaultSocketOptions.attempts);
  expect(peer.ofType('subscribe')).toEqual([]);
  await until(() => peer.clients.size === 0);
});

test('a quiet connection is kept alive by pings for as long as they are answered', async () => {
  const { peer, socket } = await connect((message, client) => {
    if (message.type === 'connection_init') acknowledge(client);
    if (message.type === 'ping') client.send('{"type":"pong"}');
  });
  const { asked, heard } = operation(true);
  socket.subscribe(asked);
  // More of them than would be sent before an unanswered one is too late.
  await until(() => peer.ofType('ping').length >= 8);
  expect(peer.connections()).toBe(1);
  expect(heard).toEqual({ events: [] });
});

test('a subgraph that answers no pings counts as lost, and its subscriptions go on over a new connection', async () => {
  let isDeaf = true;
  const { peer, socket } = await connect((message, client) => {
    if (message.type === 'connection_init') acknowledge(client);
    if (message.type === 'ping' && !isDeaf) client.send('{"type":"pong"}');
  });
  const [resumed, lost] = [operation(true), operation(false)];
  socket.subscribe(resumed.asked);
  socket.subscribe(lost.asked);
  await until(() => lost.heard.error);
  isDeaf = false;
  expect(logged).toContain('a subgraph does not answer pings; the connection is given up');
  expect(lost.heard.error).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  const { id } = await until(() => peer.ofType('subscribe')[2]);
  for (const client of peer.clients) {
    client.send(JSON.stringify({ id, type: 'next', payload: { data: { happened: 1 } } }));
  }
  await until(() => resumed.heard.events.length === 1);
  expect(resumed.heard.error).toBeUndefined();
});

test('a ping of the subgraph is answered', async () => {
  const { peer, socket } = await connect((message, client) => {
    if (message.type === 'connection_init') {
      acknowledge(client);
      client.send('{"type":"ping"}');
    }
  });
  socket.subscribe(operation(true).asked);
  await until(() => peer.ofType('pong').length === 1);
});

test('the connection stays while one subscription needs it, and goes when the last has ended', async () => {
  const { peer, socket } = await connect((message, client) => {
    if (message.type === 'connection_init') acknowledge(client);
    if (message.type === 'ping') client.send('{"type":"pong"}');
  });
  const stops = [operation(true), operation(true)].map(({ asked }) => socket.subscribe(asked));
  await until(() => peer.ofType('subscribe').length === 2);
  stops[0]?.();
  const pings = peer.ofType('ping').length;
  await until(() => peer.ofType('ping').length >= pings + 4);
  expect(peer.clients.size).toBe(1);
  stops[1]?.();
  await until(() => peer.clients.size === 0);
  expect(peer.ofType('complete')).toHaveLength(2);
});

describe('a subscription that can resume and is answered UNAVAILABLE', () => {
  test('is sent again after growing pauses, and ends with that answer when it was lost for too long', async () => {
    const sentAt: number[] = [];
    const { socket } = await connect(
      ({ type, id }, client) => {
        if (type === 'connection_init') acknowledge(client);
        if (type === 'ping') client.send('{"type":"pong"}');
        if (type !== 'subscribe') return;
        sentAt.push(performance.now());
        client.send(JSON.stringify({ id, type: 'error', payload: [unavailable] }));
      },
      { resumeForMs: 600, backoff: { baseMs: 40, maxMs: 10_000 } },
    );
    const { asked, heard } = operation(true);
    socket.subscribe(asked);
    await until(() => heard.error);
    expect(heard.error).toMatchObject({ errors: [unavailable] });
    const pauses = sentAt.slice(1).map((at, before) => at - Number(sentAt[before]));
    expect(pauses.length).toBeGreaterThanOrEqual(4);
    // Half of each is fixed, and timers are a millisecond early at most.
    for (const [nth, pause] of pauses.entries()) expect(pause).toBeGreaterThan(20 * 2 ** nth - 2);
  });

  test('gets an event of which a part stays unavailable as it is, when it was asked for again for long enough', async () => {
    const { peer, socket } = await connect(
      ({ type, id }, client) => {
        if (type === 'connection_init') acknowledge(client);
        if (type === 'ping') client.send('{"type":"pong"}');
        if (type !== 'subscribe') return;
        const payload = { data: { happened: null }, errors: [unavailable] };
        for (const _ of [1, 2]) client.send(JSON.stringify({ id, type: 'next', payload }));
      },
      { resumeForMs: 200 },
    );
    const { asked, heard } = operation(true);
    socket.subscribe(asked);
    await until(() => heard.events.length === 2);
    expect(heard.events[0]).toEqual({ data: { happened: null }, errors: [unavailable] });
    expect(heard.error).toBeUndefined();
    // Each stream that was left for another is closed.
    expect(peer.ofType('subscribe').length).toBeGreaterThan(2);
    expect(peer.ofType('complete')).toHaveLength(peer.ofType('subscribe').length - 1);
  });

  test('and whose connection breaks while it waits goes on over the next one', async () => {
    let refusals = 1;
    const { peer, socket } = await connect(({ type, id }, client) => {
      if (type === 'connection_init') acknowledge(client);
      if (type === 'ping') client.send('{"type":"pong"}');
      if (type !== 'subscribe') return;
      const payload = { data: { happened: 1 } };
      if (refusals-- <= 0) return client.send(JSON.stringify({ id, type: 'next', payload }));
      client.send(JSON.stringify({ id, type: 'error', payload: [unavailable] }));
      client.terminate();
    });
    const { asked, heard } = operation(true);
    socket.subscribe(asked);
    await until(() => heard.events.length === 1);
    expect(peer.connections()).toBe(2);
    expect(peer.ofType('subscribe')).toHaveLength(2);
  });

  test('is not sent again when it was stopped meanwhile', async () => {
    const { peer, socket } = await connect(({ type, id }, client) => {
      if (type === 'connection_init') acknowledge(client);
      if (type === 'ping') client.send('{"type":"pong"}');
      if (type === 'subscribe') client.send(JSON.stringify({ id, type: 'error', payload: [unavailable] }));
    });
    const interrupted = Promise.withResolvers<void>();
    const stop = socket.subscribe({ ...operation(true).asked, interrupted: interrupted.resolve });
    // The pause is as short as looking for it now and then.
    await interrupted.promise;
    stop();
    // The connection, which nobody needs, outlives the pause.
    await until(() => peer.clients.size === 0);
    expect(peer.ofType('subscribe')).toHaveLength(1);
  });
});
