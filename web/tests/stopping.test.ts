import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { buildIfStale } from '@socialhub/local/web/build';
import { startWeb } from '@socialhub/local/web/start';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, beforeAll, expect, test } from 'vitest';

const log = { info: () => undefined };
const cleanUp: (() => unknown)[] = [];

beforeAll(() => buildIfStale({ log }), 180_000);

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

/** The web as a process of its own, before a gateway that answers nothing until it is told to. */
async function start() {
  const held: ServerResponse[] = [];
  const gateway = createServer((_request, response) => void held.push(response)).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  cleanUp.push(() => {
    gateway.closeAllConnections();
    gateway.close();
  });
  const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const web = await startWeb({ port: 0, gatewayUrl, mediaOrigin: gatewayUrl, log });
  cleanUp.push(web.stop);

  const open = (text: string): { socket: Socket; received: () => string } => {
    let received = '';
    const socket = connect(Number(new URL(web.url).port), '127.0.0.1').on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.write(text);
    cleanUp.push(() => socket.destroy());
    return { socket, received: () => received };
  };
  return { web, held, open };
}

const page = 'GET /u/ada HTTP/1.1\r\nHost: a\r\n\r\n';
const idle = 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n';

test('SIGTERM closes what is idle and answers what is being asked before the process ends', async () => {
  const { web, held, open } = await start();
  const [kept, silent, slow] = [open(idle), open(''), open(page)];
  await until(() => kept.received().includes('200 OK') && held.length > 0);
  const stopping = web.stop();
  await until(() => kept.socket.closed);
  expect(slow.socket.closed).toBe(false);
  for (const response of held) response.writeHead(503).end();
  await stopping;
  expect(await web.ended).toBe(0);
  await until(() => slow.socket.closed && silent.socket.closed);
  expect(slow.received()).toContain('</html>');
  await expect(fetch(`${web.url}/livez`)).rejects.toThrow();
}, 30_000);

test('SIGTERM waits a few seconds for what is never answered, and no longer', async () => {
  const { web, held, open } = await start();
  const slow = open(page);
  await until(() => held.length > 0);
  const began = performance.now();
  await web.stop();
  expect(await web.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(7_500);
  await until(() => slow.socket.closed);
}, 30_000);
