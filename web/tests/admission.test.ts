import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, describe, expect, test } from 'vitest';
import { createAdmission } from '../admission.ts';
import { readConfig } from '../config.ts';
import { createWebServer } from '../http-server.ts';

const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
const hello: Handle = async (_request, response) => void response.end('hello');
const times = { headMs: 200, requestMs: 400, answerMs: 400, lookMs: 50 };
const pages = {
  name: 'pages' as const,
  atOnce: 1,
  atOncePerOwner: 1,
  waiting: 4,
  waitingPerOwner: 2,
  waitMs: 10_000,
};

/** The web's server before another Next. */
async function serve(
  env: Record<string, string>,
  { handle = hello, ...limits }: Parameters<typeof createAdmission>[1] & { handle?: Handle } = {},
  clientTimes?: typeof times,
) {
  const admission = createAdmission(readConfig({ NODE_ENV: 'test', ...env }), limits);
  const web = createWebServer({ admission, handle, ...(clientTimes && { times: clientTimes }) });
  const { server } = web;
  const port = Number(new URL(await web.listen('127.0.0.1', 0)).port);
  cleanUp.push(() => {
    server.closeAllConnections();
    return web.close();
  });

  const ask = async (
    path: string,
    options: { from?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
  ) => {
    const { from = '127.0.0.1', method = 'GET', headers = {}, body } = options;
    const asked = httpRequest({ port, host: '127.0.0.1', localAddress: from, path, method, headers });
    asked.end(body);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return {
      status: response.statusCode,
      retryAfter: response.headers['retry-after'],
      connection: response.headers.connection,
      text: await text(response),
    };
  };

  return {
    ask,
    close: web.close,
    statusOf: async (...args: Parameters<typeof ask>) => (await ask(...args)).status,
    connections: () =>
      new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count))),
    /** A connection on which text goes out as it is, and what comes back. */
    raw(
      first: string,
      from = '127.0.0.1',
    ): { socket: Socket; received: () => string; isClosed: () => boolean } {
      const socket = connect({ port, host: '127.0.0.1', localAddress: from });
      let received = '';
      let closed = false;
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received += String(chunk);
      });
      socket.on('close', () => {
        closed = true;
      });
      socket.write(first);
      cleanUp.push(() => socket.destroy());
      return { socket, received: () => received, isClosed: () => closed };
    },
  };
}

const page = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const form = (more: string) => `POST /sign-in HTTP/1.1\r\nHost: a\r\n${more}`;

describe('connections', () => {
  test('of one address are so many and no more, those of others do not count', async () => {
    const web = await serve({ WEB_CONNECTIONS_PER_ADDRESS: '2' });
    const held = [web.raw(page), web.raw(page)];
    await until(() => held.every((one) => one.received().includes('hello')));
    const third = web.raw(page);
    await until(() => third.isClosed());
    expect(third.received()).toBe('');
    const other = web.raw(page, '127.0.0.2');
    await until(() => other.received().includes('hello'));
    expect(held.some((one) => one.isClosed())).toBe(false);
  });

  test('are so many in all, and whoever has most gives one to who has none', async () => {
    const web = await serve({ WEB_CONNECTIONS: '3' });
    const held = [web.raw(page), web.raw(page), web.raw(page)];
    await until(() => held.every((one) => one.received().includes('hello')));
    const other = web.raw(page, '127.0.0.2');
    await until(() => other.received().includes('hello'));
    await until(() => held.some((one) => one.isClosed()));
    expect(held.filter((one) => one.isClosed())).toHaveLength(1);
  });

  test('of a proxy are for many: only all of them together are bounded', async () => {
    const web = await serve({ WEB_TRUSTED_PROXIES: '1', WEB_CONNECTIONS_PER_ADDRESS: '1' });
    const held = [web.raw(page), web.raw(page), web.raw(page)];
    await until(() => held.every((one) => one.received().includes('hello')));
  });
});

describe('requests', () => {
  test('of one address are so many in a minute, and a file counts a tenth', async () => {
    const web = await serve({ WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '2' });
    const paths = ['/', ...Array<string>(9).fill('/_next/static/a.js'), '/icon.svg'];
    for (const path of paths) expect(await web.statusOf(path)).toBe(200);
    expect(await web.ask('/')).toEqual({
      status: 429,
      retryAfter: '30',
      connection: 'keep-alive',
      text: 'Too much was asked for from your address. Try again in 30 s.\n',
    });
    expect(await web.statusOf('/livez')).toBe(429);
    expect(await web.statusOf('/', { from: '127.0.0.2' })).toBe(200);
  });

  test('that are refused for what they are count too', async () => {
    const web = await serve({ WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '2' });
    expect(await web.statusOf('/', { method: 'TRACE' })).toBe(405);
    expect(await web.statusOf('/', { method: 'TRACE' })).toBe(405);
    expect(await web.statusOf('/', { method: 'TRACE' })).toBe(429);
  });

  test('count by the address that the proxy in front tells, version 6 by its network', async () => {
    const web = await serve({ WEB_TRUSTED_PROXIES: '1', WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '1' });
    const from = (address: string) => web.statusOf('/', { headers: { 'x-forwarded-for': address } });
    expect(await from('2001:db8::1')).toBe(200);
    expect(await from('203.0.113.9, 2001:db8::2')).toBe(429);
    expect(await from('2001:db8:0:1::1')).toBe(200);
  });

  test('that come all at once over one connection count each', async () => {
    const web = await serve({ WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '3' });
    const many = web.raw(page.repeat(10));
    await until(() => many.received().split('HTTP/1.1 ').length === 11);
    expect(many.received().match(/HTTP\/1\.1 \d+/g)).toEqual([
      ...Array(3).fill('HTTP/1.1 200'),
      ...Array(7).fill('HTTP/1.1 429'),
    ]);
  });

  test('with a head beyond 16 kB are refused', async () => {
    const web = await serve({});
    expect(await web.statusOf('/', { headers: { cookie: 'x'.repeat(15_000) } })).toBe(200);
    expect(await web.statusOf('/', { headers: { cookie: 'x'.repeat(17_000) } })).toBe(431);
  });
});

/** Answers each page when it is told to, and says in which order they came to it. */
function slowPages() {
  const order: string[] = [];
  const answers: (() => void)[] = [];
  const handle: Handle = async (request, response) => {
    order.push(String(request.url));
    await new Promise<void>((resolve) => answers.push(resolve));
    response.end('hello');
  };
  return {
    handle,
    order,
    async answerNext() {
      const next = await until(() => answers.shift());
      next();
    },
  };
}

describe('pages', () => {
  test('take turns by address, and beyond what may wait they are refused', async () => {
    const { handle, order, answerNext } = slowPages();
    const web = await serve({}, { handle, pages });
    const first = web.ask('/1');
    await until(() => order.length === 1);
    /** Of three that are asked for two may wait. */
    const askForThree = async (from: string, paths: string[]) => {
      const asked = paths.map((path) => web.raw(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, from));
      await until(() => asked.some((one) => one.received() !== ''));
      expect(asked.filter((one) => one.received() === '')).toHaveLength(2);
      return asked;
    };
    const many = await askForThree('127.0.0.1', ['/a', '/a', '/a']);
    const [refused] = many.filter((one) => one.received() !== '');
    expect(refused?.received()).toContain('429 Too Many Requests');
    expect(refused?.received().toLowerCase()).toContain('retry-after: 5');
    expect(refused?.received()).toContain('Too much is asked for from your address at once');
    await askForThree('127.0.0.2', ['/b', '/b', '/b']);
    for (let i = 0; i < 5; i++) await answerNext();
    expect((await first).status).toBe(200);
    expect(order).toEqual(['/1', '/a', '/b', '/a', '/b']);
  });

  test('of somebody who has gone are not waited for', async () => {
    const { handle, order, answerNext } = slowPages();
    const web = await serve({}, { handle, pages });
    const first = web.raw(page);
    await until(() => order.length === 1);
    const second = web.raw('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(async () => (await web.connections()) === 2);
    second.socket.destroy();
    await until(async () => (await web.connections()) === 1);
    const third = web.ask('/3');
    await answerNext();
    await answerNext();
    expect((await third).status).toBe(200);
    expect(order).toEqual(['/', '/3']);
    first.socket.destroy();
  });
});

test('files wait for no page', async () => {
  const handle: Handle = async ({ url }, response) => {
    if (url === '/_next/static/a.js') response.end('file');
    else response.writeHead(200).write('begun');
  };
  const web = await serve({}, { handle, pages });
  const held = web.raw(page);
  await until(() => held.received().includes('begun'));
  expect((await web.ask('/_next/static/a.js')).text).toBe('file');
});

test('what is refused is counted by what refuses it', async () => {
  const counts = await Promise.all(
    ['requests of an address', 'forms', 'connections', 'pages', 'pipelined requests'].map(refusalsBy),
  );
  const counted = () => Promise.all(counts.map((read) => read()));
  const rated = await serve({ WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '1' });
  expect([await rated.statusOf('/'), await rated.statusOf('/')]).toEqual([200, 429]);
  const formless = await serve({}, { bodies: { total: 0, perKey: 0 } });
  expect(await formless.statusOf('/', { method: 'POST', body: 'abc' })).toBe(503);
  const closed = await serve({ WEB_CONNECTIONS_PER_ADDRESS: '1' });
  const [, second] = [closed.raw(page), closed.raw(page)];
  await until(() => second.isClosed());
  const full = await serve({}, { pages: { ...pages, atOnce: 0, waiting: 0 } });
  expect(await full.statusOf('/')).toBe(503);
  const many = (await serve({})).raw(page.repeat(300));
  await until(() => many.isClosed());
  expect(await counted()).toEqual([1, 1, 1, 1, 1]);
});

describe('a form', () => {
  const echo: Handle = async (request, response) => void response.end(await buffer(request));
  const sizes = [0, 1, 70_000, 1024 * 1024];

  test.each(sizes)('of %i bytes comes as it was sent', async (size) => {
    const web = await serve({}, { handle: echo });
    const body = 'abcdefg'.repeat(Math.ceil(size / 7)).slice(0, size);
    const sent = { method: 'POST', body };
    expect((await web.ask('/', { ...sent, headers: { 'content-length': String(size) } })).text).toBe(body);
    expect((await web.ask('/', { ...sent, headers: { 'transfer-encoding': 'chunked' } })).text).toBe(body);
  });

  test('that is longer than a form may be is refused as soon as that is known', async () => {
    const web = await serve({}, { handle: echo });
    const declared = web.raw(form('Content-Length: 1048577\r\n\r\n'));
    const chunked = web.raw(form('Transfer-Encoding: chunked\r\n\r\n'));
    chunked.socket.write(`100001\r\n${'x'.repeat(0x100001)}`);
    for (const one of [declared, chunked]) {
      await until(() => one.isClosed());
      expect(one.received()).toContain('413 Payload Too Large');
    }
  });

  test('that comes slowly keeps nobody from a page', async () => {
    const web = await serve({}, { handle: echo, pages });
    const slow = web.raw(form('Content-Length: 3\r\n\r\na'));
    await until(async () => (await web.connections()) === 1);
    expect(await web.statusOf('/')).toBe(200);
    expect(await web.statusOf('/', { method: 'POST', body: 'abc' })).toBe(200);
    slow.socket.write('bc');
    await until(() => slow.received().endsWith('\r\n\r\nabc'));
  });

  test('is one of few of its address that are on their way', async () => {
    const web = await serve({}, { handle: echo, bodies: { total: 4, perKey: 2 } });
    const slow = [form('Content-Length: 3\r\n\r\na'), form('Content-Length: 3\r\n\r\nb')].map((one) =>
      web.raw(one),
    );
    const refused = await until(async () => {
      const answer = await web.ask('/', { method: 'POST', body: 'abc' });
      return answer.status !== 200 && answer;
    });
    expect([refused.status, refused.retryAfter]).toEqual([429, '5']);
    expect(await web.statusOf('/', { method: 'POST', body: 'abc', from: '127.0.0.2' })).toBe(200);
    for (const { socket } of slow) socket.destroy();
    await until(async () => (await web.statusOf('/', { method: 'POST', body: 'abc' })) === 200);
  });

  test('whose sender goes away is not answered, and leaves its place', async () => {
    let asked = 0;
    const handle: Handle = async (_request, response) => {
      asked += 1;
      response.end();
    };
    const web = await serve({}, { handle, bodies: { total: 1, perKey: 1 } });
    const broken = web.raw(form('Content-Length: 3\r\n\r\na'));
    await until(async () => (await web.statusOf('/', { method: 'POST', body: 'abc' })) === 429);
    broken.socket.destroy();
    const before = asked;
    await until(async () => (await web.statusOf('/', { method: 'POST', body: 'abc' })) === 200);
    expect(asked).toBe(before + 1);
  });
});

test.each<[string, string, (socket: Socket) => void]>([
  ['says nothing', '', (socket) => socket.resume()],
  ['never ends the head of its request', 'GET / HTTP/1.1\r\nHost: a\r\nx: ', (socket) => socket.resume()],
  ['never ends its form', form('Content-Length: 100\r\n\r\nabc'), (socket) => socket.resume()],
  ['never takes its answer', page, (socket) => socket.pause()],
])('a browser that %s loses its connection', async (_what, first, read) => {
  const handle: Handle = async (_request, response) => void response.end(Buffer.alloc(30_000_000));
  const web = await serve({}, { handle }, times);
  const { socket } = web.raw(first);
  read(socket);
  await until(async () => (await web.connections()) === 1);
  await until(async () => (await web.connections()) === 0, { timeoutMs: 5000 });
});

test('a server that ends answers what it has begun', async () => {
  const release = Promise.withResolvers<void>();
  let asked = 0;
  const handle: Handle = async (_request, response) => {
    asked += 1;
    response.writeHead(200).write('begun\n');
    await release.promise;
    response.end('done');
  };
  const web = await serve({}, { handle });
  const slow = web.raw(page);
  const silent = web.raw('');
  await until(() => slow.received().includes('begun'));
  await until(async () => (await web.connections()) === 2);
  const closed = web.close();
  await expect(web.ask('/')).rejects.toThrow();
  expect(slow.isClosed()).toBe(false);
  release.resolve();
  await closed;
  await until(() => slow.isClosed() && silent.isClosed());
  expect(slow.received()).toContain('done');
  expect(asked).toBe(1);
});
