import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Client, fetchExchange } from '@urql/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;
let metricsUrl: string;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { METRICS_PORT: '0' });
  const line = gateway.logged.find((one) => one.includes('metrics are served')) ?? '{}';
  metricsUrl = (JSON.parse(line) as { url: string }).url;
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

beforeEach(() => {
  gateway.logged.length = 0;
});

const errorsLogged = () => gateway.logged.filter((line) => /"level":(50|"error")/.test(line));
/** Sends text as it is, and gives all that comes until the other side closes. */
async function send(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const body = '{"query":"{ mediaLimits }"}';
const post = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
const last = 'Host: a\r\nConnection: close\r\n';

describe('an Upgrade that nobody takes is ignored', () => {
  const offer = (protocol: string) =>
    `Host: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n`;

  test.each(['h2c', 'h2c, websocket', 'TLS/1.0', 'nonsense'])('for %s', async (protocol) => {
    const asked = offer(protocol);
    expect(await send(gateway.url, `POST /graphql HTTP/1.1\r\n${asked}${post}\r\n${body}`)).toContain(
      '{"data":{"mediaLimits":4}}',
    );
    expect(await send(gateway.url, `GET /livez HTTP/1.1\r\n${asked}\r\n`)).toContain('{"status":"live"}');
    expect(await send(metricsUrl, `GET /metrics HTTP/1.1\r\n${asked}\r\n`)).toContain('200 OK');
  });

  test('even to a WebSocket, of a request that has a body', async () => {
    const answer = await send(
      gateway.url,
      `POST /graphql HTTP/1.1\r\n${offer('websocket')}${post}\r\n${body}`,
    );
    expect(answer).toContain('{"data":{"mediaLimits":4}}');
  });

  test('and curl --http2 has its answer', async () => {
    const { stdout } = await promisify(execFile)('curl', [
      ...['-sS', '--http2', `${gateway.url}/graphql`, '-H', 'content-type: application/json', '-d', body],
    ]);
    expect(JSON.parse(stdout)).toEqual({ data: { mediaLimits: 4 } });
  });
});

describe('a target', () => {
  test.each<[string, number]>([
    ['POST /graphql', 200],
    ['POST /graphql/', 200],
    ['POST /graphql?a=b', 200],
    ['POST http://elsewhere.example/graphql', 200],
    ['POST http://elsewhere.example/graphql/?a', 200],
    ['POST /graphql//', 404],
    ['POST //graphql', 404],
    ['POST /%67raphql', 404],
    ['GET http://elsewhere.example/livez', 200],
    ['GET http://elsewhere.example', 404],
    ['GET //', 404],
    ['GET //elsewhere.example/graphql', 404],
    ['GET /%', 404],
    ['GET /%ff', 404],
    ['GET /\\', 404],
    ['GET /graphql?%', 400],
    ['GET /graphql?query=%ff%', 200],
    ['GET *', 404],
    ['OPTIONS *', 404],
    ['GET http:', 404],
    ['GET http://', 404],
    ['GET ftp://elsewhere.example/graphql', 404],
  ])('of %j is answered with %i', async (start, status) => {
    const answer = await send(gateway.url, `${start} HTTP/1.1\r\n${last}${post}\r\n${body}`);
    // Which strange targets are none at all is for Node's parser to say: 400, or 431 and a connection that is cut.
    expect([status, 400]).toContain(Number(answer.split(' ')[1] ?? status));
    if (start.startsWith('POST') && status === 200) expect(answer).toContain('{"data":{"mediaLimits":4}}');
    const metrics = await send(metricsUrl, `${start} HTTP/1.1\r\n${last}${post}\r\n${body}`);
    expect(metrics).not.toMatch(/^HTTP\/1.1 5/);
    expect(errorsLogged()).toEqual([]);
  });

  test('that is long is answered, and one that is too long is refused', async () => {
    const ask = (length: number) =>
      send(gateway.url, `GET /${'a'.repeat(length)} HTTP/1.1\r\n${last}\r\n`).catch(() => 'cut');
    expect(await ask(10_000)).toContain('404 Not Found');
    expect(await ask(100_000)).toMatch(/^HTTP\/1.1 431|^cut$/);
    expect(errorsLogged()).toEqual([]);
  });

  test('in absolute form is upgraded too', async () => {
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n';
    const { hostname, port } = new URL(gateway.url);
    for (const target of [`http://${hostname}:${port}/graphql`, '/graphql/']) {
      const socket = connect(Number(port), hostname);
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n${key}\r\n`,
      );
      const [head] = (await once(socket, 'data')) as [Buffer];
      expect(String(head)).toContain('101 Switching Protocols');
      socket.destroy();
    }
  });
});

describe('a compressed body', () => {
  test.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const)('by %s is read', async (coding, compress) => {
    const answer = await gateway.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': coding },
      body: new Uint8Array(compress(body)),
    });
    expect(answer.body).toEqual({ data: { mediaLimits: 4 } });
  });

  test('in a coding that is not known is refused with those that are', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'zstd' };
    const answer = await gateway.fetch('/graphql', { method: 'POST', headers, body });
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br']);
  });
});

describe('urql as it comes', () => {
  const client = (headers: Record<string, string>, preferGetMethod?: false) =>
    new Client({
      url: `${gateway.url}/graphql`,
      exchanges: [fetchExchange],
      fetchOptions: { headers },
      ...(preferGetMethod !== undefined && { preferGetMethod }),
    });
  const methods = () =>
    gateway.logged.flatMap((line) => /"method":"(\w+)","path":"\/graphql"/.exec(line)?.[1] ?? []);

  test('asks by GET, and is let in when it is signed in', async () => {
    const signedIn = client({ authorization: `Bearer ${await gateway.token()}` });
    const { data, error } = await signedIn.query('query ($n: Int!) { viewer { id } count(of: $n) }', {
      n: 3,
    });
    expect(error).toBeUndefined();
    expect(data).toEqual({ viewer: { id: '1' }, count: 3 });
    const { data: changed } = await signedIn.mutation('mutation { rename(id: 4, name: "x") { id } }', {});
    expect(changed).toEqual({ rename: { id: '4' } });
    const id = 'x'.repeat(3000);
    expect((await signedIn.query('query ($id: ID!) { user(id: $id) { id } }', { id })).data).toEqual({
      user: { id },
    });
    expect(methods()).toEqual(['GET', 'POST', 'POST']);
  });

  test('is told when it is signed out, and let in when it asks by POST or with the header', async () => {
    const { error } = await client({}).query('{ mediaLimits }', {});
    expect(error?.response?.status).toBe(400);
    expect(error?.message).toContain('apollo-require-preflight');
    const withHeader = client({ 'apollo-require-preflight': 'true' });
    expect((await withHeader.query('{ mediaLimits }', {})).data).toEqual({ mediaLimits: 4 });
    expect((await client({}, false).query('{ mediaLimits }', {})).data).toEqual({ mediaLimits: 4 });
    expect(methods()).toEqual(['GET', 'GET', 'POST']);
  });
});

describe('a GET', () => {
  const path = `/graphql?query=${encodeURIComponent('{ mediaLimits }')}`;

  test('with a password, which browsers send by themselves, is not let in', async () => {
    for (const authorization of ['Basic YTpi', 'Negotiate YTpi', 'Bearer', '']) {
      expect((await gateway.fetch(path, { headers: { authorization } })).status).toBe(400);
    }
  });

  test('with a token that is not good is 401', async () => {
    expect((await gateway.fetch(path, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
  });

  test('may be a HEAD, which has all of its answer but the body', async () => {
    const headers = { 'apollo-require-preflight': 'true', 'accept-encoding': 'identity' };
    const get = await gateway.fetch(path, { headers });
    const head = await gateway.fetch(path, { method: 'HEAD', headers });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(get.text.length));
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    const mutation = `/graphql?query=${encodeURIComponent('mutation { broken }')}`;
    expect((await gateway.fetch(mutation, { method: 'HEAD', headers })).status).toBe(405);
  });
});
