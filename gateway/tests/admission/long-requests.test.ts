import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// What long requests cost in the thread that serves everybody, whoever sends them and whatever becomes of them.

let graph: FixtureGraph;
let gateway: TestGateway;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await gateway?.stop();
});

afterAll(() => graph?.stop());

async function start(env: Record<string, string> = {}): Promise<void> {
  gateway = await startGateway(graph.all, { TRUSTED_PROXIES: '1', ...env });
}

const query = '{ mediaLimits }';
const long = JSON.stringify({ query, variables: { unused: 'x'.repeat(30_000) } });
const short = JSON.stringify({ query });
const crowded = JSON.stringify({ query, variables: { unused: Array(30_000).fill({}) } });

async function send(body: string | Buffer | ReadableStream, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.1', ...headers },
    body: body instanceof Buffer ? new Uint8Array(body) : body,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return `${response.status} ${errors?.[0]?.extensions.code ?? 'answered'}`;
}

async function openSocket(from: string) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { 'x-forwarded-for': from },
  });
  sockets.push(socket);
  let heard = 0;
  let closed: number | undefined;
  socket.on('message', () => (heard += 1));
  socket.on('close', (code) => {
    closed = code;
  });
  await until(() => socket.readyState === WebSocket.OPEN);
  socket.send('{"type":"connection_init"}');
  await until(() => heard === 1);
  const operation = (id: string, payload: string) => `{"id":"${id}","type":"subscribe","payload":${payload}}`;
  return {
    ask: (id: string, payload: string) => socket.send(operation(id, payload)),
    heard: () => heard,
    closed: () => until(() => closed),
  };
}

test.each<[string, () => string | Buffer | ReadableStream, Record<string, string>]>([
  ['say how long they are', () => long, {}],
  ['do not say it', () => new Blob([long]).stream(), {}],
  ['are compressed', () => gzipSync(long), { 'content-encoding': 'gzip' }],
])('bodies that %s are counted in bytes, and short ones go on', async (_how, body, headers) => {
  await start({ LONG_BYTES_PER_MINUTE: '50000' });
  const ends = [];
  for (let at = 0; at < 4; at += 1) ends.push(await send(body(), headers));
  expect(ends[0]).toBe('200 answered');
  expect(ends.at(-1)).toBe('429 RATE_LIMITED');
  expect(await send(short)).toBe('200 answered');
  expect(await send(body(), { ...headers, 'x-forwarded-for': '198.51.100.2' })).toBe('200 answered');
});

const inflatedTo = (bytes: number) => gzipSync(`"${'x'.repeat(bytes)}`);
const endless = () => {
  const chunk = new Uint8Array(60_000).fill(32);
  return new ReadableStream({ pull: (to) => to.enqueue(chunk) });
};

test.each<[string, () => Buffer | ReadableStream, Record<string, string>, string]>([
  ['inflate to too much', () => inflatedTo(2_000_000), { 'content-encoding': 'gzip' }, '413 BAD_USER_INPUT'],
  [
    'break when most is inflated',
    () => inflatedTo(900_000).subarray(0, -9),
    { 'content-encoding': 'gzip' },
    '400 BAD_USER_INPUT',
  ],
  ['do not end', endless, {}, '413 BAD_USER_INPUT'],
])('bodies that %s are counted by what they may cost at most', async (_how, body, headers, refused) => {
  await start({ LONG_BYTES_PER_MINUTE: '500000' });
  expect(await send(body(), headers)).toBe(refused);
  expect(await send(body(), headers)).toBe('429 RATE_LIMITED');
  expect(await send(body(), { ...headers, 'x-forwarded-for': '198.51.100.2' })).toBe(refused);
});

test('a short body that does not say how long it is goes on when the bytes of its address are used up', async () => {
  await start({ LONG_BYTES_PER_MINUTE: '50000' });
  const streamed = (text: string) => new Blob([text]).stream();
  while ((await send(streamed(long))) === '200 answered');
  expect(await send(streamed(short))).toBe('200 answered');
  expect(await send(streamed(long))).toBe('429 RATE_LIMITED');
});

test('bodies of one person are counted wherever they come from', async () => {
  await start({ LONG_BYTES_PER_MINUTE: '50000' });
  const authorization = `Bearer ${await gateway.token()}`;
  expect(await send(long, { authorization })).toBe('200 answered');
  expect(await send(long, { authorization, 'x-forwarded-for': '198.51.100.2' })).toBe('429 RATE_LIMITED');
  expect(await send(long, { 'x-forwarded-for': '198.51.100.3' })).toBe('200 answered');
});

test('a body that is refused is not read to its end', async () => {
  await start({ LONG_BYTES_PER_MINUTE: '50000' });
  await send(long);
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  const head = [
    'POST /graphql HTTP/1.1',
    'host: x',
    'content-type: application/json',
    'content-length: 900000',
  ];
  socket.write(`${[...head, 'x-forwarded-for: 198.51.100.1'].join('\r\n')}\r\n\r\n{`);
  await once(socket, 'close');
  expect(answer).toContain('429 Too Many Requests');
});

test('messages over sockets are counted with them, and whoever sends more is sent away', async () => {
  await start({ LONG_BYTES_PER_MINUTE: '50000' });
  expect(await send(long)).toBe('200 answered');
  const socket = await openSocket('198.51.100.1');
  socket.ask('1', short);
  await until(() => socket.heard() === 3);
  socket.ask('2', long);
  expect(await socket.closed()).toBe(1013);
  const other = await openSocket('198.51.100.2');
  other.ask('1', long);
  await until(() => other.heard() === 3);
});

test('what holds many values is refused before it is parsed, by whatever road', async () => {
  await start();
  expect(await send(crowded)).toBe('400 BAD_USER_INPUT');
  expect(await send(crowded, { accept: 'text/event-stream' })).toBe('400 BAD_USER_INPUT');
  const socket = await openSocket('198.51.100.1');
  socket.ask('1', crowded);
  expect(await socket.closed()).toBe(4400);
});

test('values that are nested too deep are the client’s fault, and no 500', async () => {
  await start();
  const deep = `{"query":"${query}","variables":{"a":${'['.repeat(60)}${']'.repeat(60)}}}`;
  expect(await send(deep)).toBe('200 BAD_USER_INPUT');
  expect(await send(deep, { accept: 'application/graphql-response+json' })).toBe('400 BAD_USER_INPUT');
});
