import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultBreakerOptions } from './breaker.ts';
import { createDataSource, type SubgraphDataSource } from './data-source.ts';
import { defaultFetchOptions, type FetchOptions } from './fetch-options.ts';
import { createMaskSubgraphError } from './subgraph-errors.ts';

interface TestContext {
  signal?: AbortSignal;
  share?: string;
}

let server: Server;
let waiting: ServerResponse[];
let gone: number;
let bodies: string[];
const opened: SubgraphDataSource[] = [];

beforeEach(async () => {
  waiting = [];
  gone = 0;
  bodies = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    bodies.push(body);
    waiting.push(response);
    response.on('close', () => {
      if (!response.writableFinished) gone += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await Promise.all(opened.splice(0).map((source) => source.close()));
  await new Promise((resolve) => server.close(resolve));
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function source(fetch: Partial<FetchOptions> = {}): SubgraphDataSource {
  const made = createDataSource<TestContext>({
    name: 'slow',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    fetch: { ...defaultFetchOptions, ...fetch },
    headersFor: () => ({}),
    signalOf: ({ signal }) => signal,
    shareOf: ({ share }) => (share === undefined ? undefined : { name: share, isOfCrowd: false }),
    maskError: createMaskSubgraphError(new Set()),
    log: silent,
  });
  opened.push(made);
  return made;
}

/** The outcome of one fetch: its data, or the code of the error that it threw. */
async function fetched(
  from: SubgraphDataSource,
  context: TestContext = {},
  query = '{ a }',
  more: object = {},
): Promise<unknown> {
  const options = { request: { query, ...more }, context } as Parameters<SubgraphDataSource['process']>[0];
  try {
    return (await from.process(options)).data;
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
}

/** Settles the requests that have arrived and those that will, one after the other, until `stop` is called. */
function answering(how: (response: ServerResponse) => void): () => void {
  let stopped = false;
  const settle = () => {
    for (const response of waiting.splice(0)) how(response);
    if (!stopped) setImmediate(settle);
  };
  settle();
  return () => {
    stopped = true;
  };
}

const breakConnection = (response: ServerResponse) => void response.socket?.destroy();
const answer = (response: ServerResponse) => void response.end('{"data":{"a":1}}');

const arrived = async (count: number) => {
  while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
};

test('a fetch that takes too long fails with UNAVAILABLE and lets its connection go', async () => {
  const started = performance.now();
  expect(await fetched(source({ timeoutMs: 200 }))).toBe('UNAVAILABLE');
  expect(performance.now() - started).toBeLessThan(2000);
  while (gone === 0) await new Promise((resolve) => setImmediate(resolve));
});

test('a fetch ends when the client has gone', async () => {
  const client = new AbortController();
  const outcome = fetched(source(), { signal: client.signal });
  await arrived(1);
  client.abort();
  expect(await outcome).toBe('UNAVAILABLE');
});

test('fetches beyond connections and queue fail at once, the others are answered', async () => {
  const from = source({ connections: 2, queue: 1 });
  const outcomes = [1, 2, 3].map(() => fetched(from));
  expect(await fetched(from)).toBe('UNAVAILABLE');
  await arrived(2);
  expect(waiting).toHaveLength(2);
  for (const response of waiting.splice(0)) response.end('{"data":{"a":1}}');
  await arrived(1);
  waiting[0]?.end('{"data":{"a":1}}');
  expect(await Promise.all(outcomes)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
});

test('one share with 300 fetches that hang leaves connections for another', async () => {
  const from = source();
  const client = new AbortController();
  const hung = Array.from({ length: 300 }, () => fetched(from, { share: 'one', signal: client.signal }));
  await arrived(16);
  waiting = [];
  const other = fetched(from, { share: 'another' }, '{ other }');
  await arrived(1);
  waiting[0]?.end('{"data":{"a":1}}');
  expect(await other).toEqual({ a: 1 });
  expect(from.state()).toMatchObject({ breaker: 'closed', underWay: 16, waiting: 256 });
  client.abort();
  // Beyond what one share may have waiting it is told so; the others have gone.
  const codes = await Promise.all(hung);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(28);
  expect(codes.filter((code) => code === 'UNAVAILABLE')).toHaveLength(272);
});

test('an answer that is too long is UNAVAILABLE', async () => {
  const outcome = fetched(source({ maxResponseBytes: 1000 }));
  await arrived(1);
  waiting[0]?.end(JSON.stringify({ data: { a: 'x'.repeat(5000) } }));
  expect(await outcome).toBe('UNAVAILABLE');
});

test('a query whose connection broke is sent once more, and not a third time', async () => {
  const stop = answering(breakConnection);
  expect(await fetched(source(), {}, 'query A { a }')).toBe('UNAVAILABLE');
  stop();
  expect(bodies).toHaveLength(2);
});

test('a mutation is never sent twice, nor is anything that is not plainly a query', async () => {
  const stop = answering(breakConnection);
  const from = source();
  for (const text of ['mutation { a }', ' # query\n mutation { a }', 'subscription { a }']) {
    expect(await fetched(from, {}, text)).toBe('UNAVAILABLE');
  }
  stop();
  expect(bodies).toHaveLength(3);
});

test('a query is not sent again when its time is over or its client has gone', async () => {
  const client = new AbortController();
  const outcomes = [fetched(source({ timeoutMs: 50 })), fetched(source(), { signal: client.signal })];
  await arrived(2);
  client.abort();
  expect(await Promise.all(outcomes)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
  expect(bodies).toHaveLength(2);
});

test('what waits for a connection and is wanted no more is never sent', async () => {
  const from = source({ connections: 1 });
  const client = new AbortController();
  const first = fetched(from);
  await arrived(1);
  const second = fetched(from, { signal: client.signal }, '{ second }');
  expect(from.state()).toMatchObject({ underWay: 1, waiting: 1 });
  client.abort();
  expect(await second).toBe('UNAVAILABLE');
  expect(from.state()).toMatchObject({ underWay: 1, waiting: 0 });
  const stop = answering(answer);
  expect(await first).toEqual({ a: 1 });
  expect(await fetched(from, {}, '{ third }')).toEqual({ a: 1 });
  stop();
  expect(from.state()).toMatchObject({ underWay: 0, waiting: 0 });
  expect(bodies.map((body) => JSON.parse(body).query)).toEqual(['{ a }', '{ third }']);
});

test('those that wait are sent in the order in which they came', async () => {
  const from = source({ connections: 1 });
  const outcomes = ['{ a1 }', '{ a2 }', '{ a3 }', '{ a4 }'].map((query) => fetched(from, {}, query));
  const stop = answering(answer);
  await Promise.all(outcomes);
  stop();
  expect(bodies.map((body) => JSON.parse(body).query)).toEqual(['{ a1 }', '{ a2 }', '{ a3 }', '{ a4 }']);
});

test('a request that has its body written already is sent as it is', async () => {
  const stop = answering(answer);
  await fetched(source(), {}, '{ a }', { body: '{"query":"{ a }","variables":{"x":1}}' });
  stop();
  expect(bodies).toEqual(['{"query":"{ a }","variables":{"x":1}}']);
});

test('an answer is plain when no text in it needs a backslash, as JSON then has none', async () => {
  const from = source();
  const isPlain = async (data: object) => {
    const stop = answering((response) => void response.end(JSON.stringify({ data })));
    const options = { request: { query: '{ a }' }, context: {} };
    const read = await from.process(options as Parameters<SubgraphDataSource['process']>[0]);
    stop();
    return (read as { isPlain?: boolean }).isPlain;
  };
  expect(await isPlain({ a: 'é € 😀 \u2028 /' })).toBe(true);
  for (const text of ['"', '\\', '\n', '\u0007', '\ud800']) expect(await isPlain({ a: text })).toBe(false);
});

describe('the circuit breaker', () => {
  const breaker = { ...defaultBreakerOptions, consecutive: 3, openMs: 60_000 };

  test('answers UNAVAILABLE without asking the subgraph once it has failed again and again', async () => {
    const from = source({ breaker });
    const stop = answering((response) => void response.writeHead(502).end('Bad gateway'));
    for (let i = 0; i < 3; i++) expect(await fetched(from)).toBe('UNAVAILABLE');
    expect(from.state().breaker).toBe('open');
    expect(await fetched(from)).toBe('UNAVAILABLE');
    stop();
    expect(bodies).toHaveLength(3);
  });

  test('tries one fetch after a while and lets all through when it was answered', async () => {
    const from = source({ breaker: { ...breaker, openMs: 0 } });
    let stop = answering((response) => void response.writeHead(502).end('Bad gateway'));
    for (let i = 0; i < 3; i++) await fetched(from);
    stop();
    const probe = fetched(from);
    await arrived(1);
    expect(from.state().breaker).toBe('half-open');
    expect(await fetched(from)).toBe('UNAVAILABLE');
    stop = answering(answer);
    expect(await probe).toEqual({ a: 1 });
    expect(from.state().breaker).toBe('closed');
    expect(await fetched(from)).toEqual({ a: 1 });
    stop();
  });

  test('does not open over clients that go, answers that are too long, a full queue or errors within answers', async () => {
    const from = source({ breaker, maxResponseBytes: 100, connections: 1, queue: 0 });
    for (let i = 0; i < 4; i++) {
      const client = new AbortController();
      const outcome = fetched(from, { signal: client.signal });
      await arrived(1);
      expect(await fetched(from)).toBe('UNAVAILABLE');
      client.abort();
      await outcome;
      waiting = [];
    }
    for (const body of [`{"data":{"a":"${'x'.repeat(200)}"}}`, '{"errors":[{"message":"no"}]}']) {
      const stop = answering((response) => void response.end(body));
      for (let i = 0; i < 4; i++) await fetched(from);
      stop();
    }
    expect(from.state().breaker).toBe('closed');
  });

  test('does not open over a share that waits for its own until their time is over: RATE_LIMITED', async () => {
    const from = source({ breaker, connectionsPerShare: 1, timeoutMs: 300 });
    const hangs = fetched(from, { share: 'one' });
    await arrived(1);
    const late = [1, 2, 3, 4].map(() => fetched(from, { share: 'one' }));
    expect(await Promise.all(late)).toEqual(Array(4).fill('RATE_LIMITED'));
    expect(await hangs).toBe('UNAVAILABLE');
    expect(from.state().breaker).toBe('closed');
    expect(bodies).toHaveLength(1);
  });

  test('does not open over fetches that waited for a connection until their time was over', async () => {
    const from = source({ breaker, connections: 1, timeoutMs: 300 });
    const hangs = fetched(from);
    await arrived(1);
    expect(await Promise.all([1, 2, 3, 4].map(() => fetched(from)))).toEqual(Array(4).fill('UNAVAILABLE'));
    await hangs;
    expect(from.state().breaker).toBe('closed');
  });
});

test('a subgraph that has stalled takes nothing from another', async () => {
  const stalled = source({ connections: 64, queue: 512 });
  let settled = 0;
  const client = new AbortController();
  const outcomes = Array.from({ length: 576 }, async () => {
    await fetched(stalled, { signal: client.signal });
    settled += 1;
  });
  await arrived(64);
  const hung = waiting;
  waiting = [];
  const other = source();
  const stop = answering(answer);
  const answered = await Promise.all(Array.from({ length: 500 }, () => fetched(other)));
  stop();
  expect(answered.every((data) => data !== 'UNAVAILABLE')).toBe(true);
  expect(settled).toBe(0);
  expect(hung).toHaveLength(64);
  expect(stalled.state()).toMatchObject({ breaker: 'closed', underWay: 64, waiting: 512 });
  client.abort();
  await Promise.all(outcomes);
  expect(stalled.state()).toMatchObject({ breaker: 'closed', underWay: 0, waiting: 0 });
});
