import { once } from 'node:events';
import { connect } from 'node:net';
import { valueIn } from '@socialhub/platform/testing/counted';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway, type TestGateway } from './fixture/gateway.ts';
import { type FixtureGraph, startGraph } from './fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;
const cleanUp: (() => unknown)[] = [];

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(async () => {
  for (const clean of cleanUp.splice(0)) clean();
  await gateway.stop();
});

afterAll(() => graph.stop());

/** What the gateway's own /metrics says was refused by a limit. */
async function refused(limit: string): Promise<number> {
  const line = await until(() => gateway.logged.find((one) => one.includes('metrics are served')));
  const { url } = JSON.parse(line) as { url: string };
  return valueIn(await (await fetch(url)).text(), 'socialhub_refusals_total', { limit });
}

const ask = (query = '{ mediaLimits }', headers: Record<string, string> = {}) =>
  gateway.post({ query }, headers);

function openSocket(): void {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  cleanUp.push(() => socket.terminate());
}

function subscribeTwice(): void {
  const client = gateway.socket();
  for (let i = 0; i < 2; i += 1) {
    const events = client.iterate({ query: 'subscription { chatEvents { cursor } }' });
    events.next().catch(() => undefined);
    cleanUp.push(() => void events.return?.());
  }
}

function connectTwice(): void {
  for (let i = 0; i < 2; i += 1) {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').on('error', () => undefined);
    cleanUp.push(() => socket.destroy());
  }
}

/** A connection on which this goes out, in so many copies. */
function send(text: string, times = 1): void {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').on('error', () => undefined);
  socket.resume().write(text.repeat(times));
  cleanUp.push(() => socket.destroy());
}

const longHead =
  'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 20000\r\n\r\n';

async function sendLongMessages(): Promise<void> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  cleanUp.push(() => socket.terminate());
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  for (let i = 0; i < 2; i += 1) {
    socket.send(JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(17_000) } }));
  }
}

/** Each runs on its own, 32 of an address may wait. */
async function askForCostly(): Promise<void> {
  const schemas = ['a', 'b', 'c', 'd'].map((name) => `${name}: __schema { queryType { name } }`);
  const query = `{ posts { id } ${schemas.join(' ')} }`;
  await twice(() => ask(query));
  const release = graph.post.holdNext();
  cleanUp.push(release);
  const before = graph.post.requests.length;
  void ask(query);
  await until(() => graph.post.requests.length > before);
  for (let i = 0; i < 33; i += 1) void ask(query);
}

async function streamTwice(headers: Record<string, string> = {}): Promise<void> {
  const gone = new AbortController();
  cleanUp.push(() => gone.abort());
  for (let i = 0; i < 2; i += 1) {
    await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: 'subscription { chatEvents { cursor } }' }),
      signal: gone.signal,
    });
  }
}

const twice = async (once: () => Promise<unknown>) => {
  await once();
  await once();
};

test.each<[string, Record<string, string>, () => unknown]>([
  ['requests of an address', { REQUESTS_PER_MINUTE_PER_ADDRESS: '1' }, () => twice(ask)],
  [
    'requests of a viewer',
    { REQUESTS_PER_MINUTE_PER_VIEWER: '1' },
    async () => {
      const headers = { authorization: `Bearer ${await gateway.token()}` };
      await twice(() => ask('{ mediaLimits }', headers));
    },
  ],
  [
    'new operations',
    { NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '1' },
    async () => {
      await ask();
      await ask('{ mediaLimits another: mediaLimits }');
    },
  ],
  ['cost', { COST_PER_MINUTE: '10' }, () => twice(() => ask('{ posts { text author { displayName } } }'))],
  [
    'cost of one operation',
    { COST_PER_OPERATION: '1' },
    () => ask('{ posts { text author { displayName } } }'),
  ],
  [
    'long bytes',
    { LONG_BYTES_PER_MINUTE: '20000' },
    () => twice(() => ask(`{ mediaLimits } # ${'x'.repeat(17_000)}`)),
  ],
  ['sockets', { SOCKETS_PER_ADDRESS: '1' }, () => [openSocket(), openSocket()]],
  ['subscriptions', { SUBSCRIPTIONS_PER_VIEWER: '1' }, subscribeTwice],
  ['sockets', { SOCKETS_PER_ADDRESS: '1' }, () => streamTwice()],
  [
    'sockets',
    { SOCKETS_PER_VIEWER: '1' },
    async () => streamTwice({ authorization: `Bearer ${await gateway.token()}` }),
  ],
  ['subscriptions', { SUBSCRIPTIONS_PER_VIEWER: '1' }, () => streamTwice()],
  ['large bodies', {}, () => Array.from({ length: 33 }, () => send(longHead))],
  ['pipelined requests', {}, () => send('GET /livez HTTP/1.1\r\nhost: a\r\n\r\n', 300)],
  ['messages', { LONG_BYTES_PER_MINUTE: '20000' }, sendLongMessages],
  ['costly operations', { INTROSPECTION: 'true' }, askForCostly],
  // The one that reads the metrics comes by another door.
  ['connections', { CONNECTIONS_PER_ADDRESS: '1' }, connectTwice],
])('/metrics counts who is refused for %s', async (limit, env, attempt) => {
  gateway = await startGateway(graph.all, { METRICS_PORT: '0', ...env });
  const before = await refused(limit);
  await attempt();
  await until(async () => (await refused(limit)) === before + 1, { what: limit });
});

test('/metrics counts nothing as refused that was answered', async () => {
  gateway = await startGateway(graph.all, { METRICS_PORT: '0' });
  const read = () => Promise.all(['requests of an address', 'cost', 'sockets', 'connections'].map(refused));
  const before = await read();
  await twice(ask);
  openSocket();
  expect(await read()).toEqual(before);
});
