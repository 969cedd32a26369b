import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPool, type Pool } from './pool.ts';
import { ConnectionBroke, type HttpResponse, ProtocolFault } from './response.ts';

let server: Server;
let sockets: Socket[];
/** What is done with each request that arrives. */
let serve: (socket: Socket, request: string) => void;
let pool: Pool;

const answer = (text: string, headers = '') =>
  `HTTP/1.1 200 OK\r\n${headers}content-length: ${text.length}\r\n\r\n${text}`;

beforeEach(async () => {
  sockets = [];
  serve = (socket, request) => void socket.write(answer(request.split(' ')[1] ?? ''));
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => serve(socket, String(bytes)));
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  pool = createPool(
    { host: '127.0.0.1', port, isSecure: false },
    { connectTimeoutMs: 3000, maxResponseBytes: 1000 },
  );
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await pool.close();
  server.close();
});

const send = (path: string, unusedForMs = Number.POSITIVE_INFINITY) =>
  new Promise<HttpResponse>((resolve, reject) => {
    pool.send(`GET ${path} HTTP/1.1\r\n\r\n`, true, { answered: resolve, failed: reject }, unusedForMs);
  });

test('a connection is used again, and another is made while it is in use', async () => {
  expect((await send('/a')).text).toBe('/a');
  expect((await send('/b')).text).toBe('/b');
  expect(sockets).toHaveLength(1);
  const both = await Promise.all([send('/c'), send('/d')]);
  expect(both.map(({ text }) => text)).toEqual(['/c', '/d']);
  expect(sockets).toHaveLength(2);
});

test('a connection that the server closes with an answer is not used again', async () => {
  serve = (socket) => void socket.end(answer('x', 'connection: close\r\n'));
  await send('/a');
  await send('/b');
  expect(sockets).toHaveLength(2);
});

test('a connection that the server has closed while it lay unused is not used again', async () => {
  await send('/a');
  const closed = once(sockets[0] as Socket, 'close');
  sockets[0]?.end();
  await closed;
  expect((await send('/b')).text).toBe('/b');
  expect(sockets).toHaveLength(2);
});

test('a fresh connection is made when one is asked for', async () => {
  await send('/a');
  await send('/b', 0);
  expect(sockets).toHaveLength(2);
});

test('what lies unused for too long for one request is kept for others', async () => {
  await send('/a');
  await send('/b', 0);
  await Promise.all([send('/c'), send('/d', 60_000)]);
  expect(sockets).toHaveLength(2);
});

test('an answer that the end of the connection cuts off is a broken connection', async () => {
  serve = (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf');
  await expect(send('/a')).rejects.toThrow(ConnectionBroke);
});

test('an answer that only the end of the connection ends is whole then', async () => {
  serve = (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nall of it');
  expect((await send('/a')).text).toBe('all of it');
});

test('the oldest unused connection ends where a new one would be one too many', async () => {
  serve = (socket) => void socket.write(answer('x', 'keep-alive: timeout=600\r\n'));
  for (let n = 0; n < 70; n += 1) await send('/a', 0);
  await expect.poll(() => sockets.filter(({ destroyed }) => !destroyed).length).toBe(64);
  await send('/b');
  expect(sockets).toHaveLength(70);
});

test('what comes unasked ends the connection, and nobody takes it for an answer', async () => {
  await send('/a');
  const closed = once(sockets[0] as Socket, 'close');
  sockets[0]?.write(answer('smuggled'));
  await closed;
  expect((await send('/b')).text).toBe('/b');
  expect(sockets).toHaveLength(2);
});

test('an answer with more behind it is refused whole', async () => {
  serve = (socket) => void socket.write(answer('one') + answer('two'));
  await expect(send('/a')).rejects.toThrow(ProtocolFault);
  expect((await send('/b', 0).catch((error: unknown) => error)) instanceof ProtocolFault).toBe(true);
});

test('closing waits for what is under way and ends what is not', async () => {
  await Promise.all([send('/a'), send('/b')]);
  let release: (() => void) | undefined;
  serve = (socket) => {
    release = () => void socket.write(answer('late'));
  };
  const late = send('/c');
  while (!release) await new Promise((resolve) => setImmediate(resolve));
  let isClosed = false;
  const closed = pool.close().then(() => {
    isClosed = true;
  });
  expect(isClosed).toBe(false);
  release();
  expect((await late).text).toBe('late');
  await closed;
});
