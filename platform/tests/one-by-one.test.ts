import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { maxPipelined } from '../src/http/one-by-one.ts';
import { sendJson } from '../src/http/response.ts';
import { createHttpServer, type Handler, type HttpServer } from '../src/http/server.ts';
import { until } from '../src/testing/until.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

/** Sends the text on one connection; what comes back is read until `end`. */
async function exchange(handle: Handler, text: string) {
  server = createHttpServer({ log: pino({ level: 'silent' }), ready: async () => true, handle });
  const { hostname, port } = new URL(await server.listen('127.0.0.1', 0));
  const socket = connect(Number(port), hostname);
  const state = { received: '', isClosed: false };
  socket.on('data', (data) => {
    state.received += data;
  });
  socket.on('close', () => {
    state.isClosed = true;
  });
  socket.write(text);
  return { socket, state };
}

const get = (path: number | string) => `GET /${path} HTTP/1.1\r\nhost: a\r\n\r\n`;
const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

test('requests that come at once on a connection are handled one after the other, in order', async () => {
  let underWay = 0;
  let most = 0;
  const seen: string[] = [];
  const { socket, state } = await exchange(
    async (request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      seen.push(request.url ?? '');
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      sendJson(response, 200, {});
    },
    Array.from({ length: 30 }, (_, at) => get(at)).join(''),
  );
  await until(() => statuses(state.received).length === 30);
  expect(most).toBe(1);
  expect(seen).toEqual(Array.from({ length: 30 }, (_, at) => `/${at}`));
  socket.write(get('again'));
  await until(() => statuses(state.received).length === 31);
  socket.destroy();
});

test('one connection leaves turns of the loop to others between its requests', async () => {
  const handled: number[] = [];
  let turns = 0;
  const { socket, state } = await exchange((_request, response) => {
    handled.push(turns);
    sendJson(response, 200, {});
  }, get('a').repeat(20));
  const next = () => {
    turns += 1;
    if (handled.length < 20) setImmediate(next);
  };
  next();
  await until(() => statuses(state.received).length === 20);
  expect(new Set(handled).size).toBe(20);
  socket.destroy();
});

test('one more than may wait is answered with 429 after those before it, and the connection ends', async () => {
  let handled = 0;
  const { state } = await exchange((_request, response) => {
    handled += 1;
    sendJson(response, 200, {});
  }, get('a').repeat(300));
  await until(() => state.isClosed);
  expect(statuses(state.received)).toEqual([...Array.from({ length: maxPipelined + 1 }, () => 200), 429]);
  expect(state.received).toContain('RATE_LIMITED');
  expect(handled).toBe(maxPipelined + 1);
});

test('an answer that ends the connection is the last: nothing behind it is handled', async () => {
  let handled = 0;
  const { state } = await exchange((_request, response) => {
    handled += 1;
    sendJson(response, 200, {}, { connection: 'close' });
  }, get('a').repeat(5));
  await until(() => state.isClosed);
  expect([handled, statuses(state.received).length]).toEqual([1, 1]);
});

test('bodies that wait come whole', async () => {
  const post = (text: string) =>
    `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
  const bodies: string[] = [];
  const texts = ['a'.repeat(100_000), 'b', 'c'.repeat(200_000)];
  const { socket, state } = await exchange(async (request, response) => {
    bodies.push((await request.toArray()).join(''));
    sendJson(response, 200, {});
  }, texts.map(post).join(''));
  await until(() => statuses(state.received).length === 3);
  expect(bodies.map((body) => body.length)).toEqual(texts.map((text) => text.length));
  socket.destroy();
});
