import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, faultProxy } from './fault-proxy.ts';
import { until } from './until.ts';

let server: Server;
let proxy: FaultProxy;
const heard: string[] = [];
const clients: Socket[] = [];

beforeEach(async () => {
  heard.length = 0;
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (piece) => {
      heard.push(String(piece));
      socket.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await faultProxy(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

function open() {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  clients.push(socket);
  const seen = { text: '', bytes: 0, error: '', isClosed: false };
  socket.on('data', (piece) => {
    seen.text += String(piece);
    seen.bytes += piece.length;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.error = String(error.code);
  });
  socket.on('close', () => {
    seen.isClosed = true;
  });
  return { socket, seen };
}

async function opened() {
  const client = open();
  client.socket.write('hello');
  await until(() => client.seen.text === 'hello');
  return client;
}

test('without a fault all passes, and an end is an end', async () => {
  const { socket, seen } = await opened();
  socket.end();
  await until(() => seen.isClosed);
});

test('what hangs is silent and stays open, and healing is for new connections', async () => {
  const { socket, seen } = await opened();
  proxy.hang();
  socket.write('lost');
  proxy.heal();
  socket.write('lost, too');
  await opened();
  expect(heard).toEqual(['hello', 'hello']);
  expect(seen).toMatchObject({ text: 'hello', isClosed: false });
});

test('a connection that is made while it hangs is silent, too', async () => {
  proxy.hang();
  const { socket, seen } = open();
  socket.write('lost');
  await until(() => {
    proxy.cut();
    return seen.isClosed;
  });
  expect(heard).toEqual([]);
});

test('answers are lost, questions arrive', async () => {
  const { socket, seen } = await opened();
  proxy.loseAnswers();
  socket.write('question');
  await until(() => heard.includes('question'));
  expect(seen).toMatchObject({ text: 'hello', isClosed: false });
});

test('cut and reset end what there is, and nothing else', async () => {
  const first = await opened();
  proxy.cut();
  await until(() => first.seen.isClosed);
  const second = await opened();
  proxy.reset();
  await until(() => second.seen.isClosed);
  expect(second.seen.error).toBe('ECONNRESET');
  await opened();
});

test('what refuses takes nobody until it is healed', async () => {
  const { seen } = await opened();
  proxy.refuse();
  await until(() => seen.isClosed);
  const refused = open();
  await until(() => refused.seen.isClosed);
  proxy.heal();
  await opened();
});

test('a delay and a narrow line take their time', async () => {
  const { socket, seen } = await opened();
  proxy.delay(60);
  let began = performance.now();
  socket.write('later');
  await until(() => seen.text === 'hellolater');
  expect(performance.now() - began).toBeGreaterThan(115);
  proxy.heal();
  proxy.throttle(100_000);
  began = performance.now();
  socket.write('x'.repeat(10_000));
  await until(() => seen.bytes >= 10_010);
  expect(performance.now() - began).toBeGreaterThan(190);
});
