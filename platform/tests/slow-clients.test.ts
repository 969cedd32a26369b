import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBody } from '../src/http/body.ts';
import { sendText } from '../src/http/response.ts';
import { createHttpServer } from '../src/http/server.ts';
import { createLogger } from '../src/log.ts';
import { until } from '../src/testing/until.ts';

const head = 'POST / HTTP/1.1\r\nhost: a\r\n';
const large = 'x'.repeat(30_000_000);
const server = createHttpServer({
  log: createLogger({ service: 'test', level: 'silent' }),
  ready: async () => true,
  async handle(request, response) {
    await readBody(request, 1000).catch(() => undefined);
    if (response.destroyed) return;
    if (request.url === '/open') response.writeHead(200, {}).write(large);
    else sendText(response, 200, {}, large);
  },
  times: { headMs: 200, requestMs: 400, answerMs: 400, lookMs: 50 },
});
let port: number;

beforeAll(async () => {
  port = Number(new URL(await server.listen('127.0.0.1', 0)).port);
});

afterAll(() => server.close());

const connections = () =>
  new Promise<number>((resolve) => server.server.getConnections((_error, count) => resolve(count)));

test.each<[string, string, (socket: Socket) => void]>([
  ['says nothing', '', (socket) => socket.resume()],
  ['never ends the head of its request', `${head}x: `, (socket) => socket.resume()],
  ['never ends its body', `${head}content-length: 100\r\n\r\nabc`, (socket) => socket.resume()],
  ['never takes its answer', `${head}content-length: 0\r\n\r\n`, (socket) => socket.pause()],
  [
    'never takes an answer that has no end yet',
    'GET /open HTTP/1.1\r\nhost: a\r\n\r\n',
    (socket) => socket.pause(),
  ],
])('a client that %s loses its connection', async (_what, text, read) => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  read(socket);
  socket.write(text);
  await until(async () => (await connections()) === 1);
  await until(async () => (await connections()) === 0, { timeoutMs: 5000 });
  socket.destroy();
});

test('a client that has taken all that there is of an open answer keeps its connection, one that came later and takes nothing does not', async () => {
  const open = 'GET /open HTTP/1.1\r\nhost: a\r\n\r\n';
  const reader = connect(port, '127.0.0.1');
  let taken = 0;
  reader.on('data', (chunk) => {
    taken += chunk.length;
  });
  reader.write(open);
  await until(() => taken > large.length);
  const other = connect(port, '127.0.0.1').pause();
  other.on('error', () => undefined);
  other.write(open);
  await until(async () => (await connections()) === 2);
  await until(async () => (await connections()) === 1);
  expect(reader.closed).toBe(false);
  const closed = once(reader, 'close');
  server.server.closeAllConnections();
  await closed;
  other.destroy();
});

test('a client that takes its answer in time keeps its connection', async () => {
  const socket = connect(port, '127.0.0.1');
  let taken = 0;
  socket.on('data', (chunk) => {
    taken += chunk.length;
  });
  socket.write(`${head}content-length: 0\r\n\r\n`);
  await until(() => taken > large.length);
  expect(await connections()).toBe(1);
  socket.destroy();
});
