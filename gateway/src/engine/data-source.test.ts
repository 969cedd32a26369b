import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createDataSource,
  defaultFetchOptions,
  type FetchOptions,
  type SubgraphDataSource,
} from './data-source.ts';
import { createMaskSubgraphError } from './subgraph-errors.ts';

interface TestContext {
  signal?: AbortSignal;
}

let server: Server;
let waiting: ServerResponse[];
let gone: number;
const opened: SubgraphDataSource[] = [];

beforeEach(async () => {
  waiting = [];
  gone = 0;
  server = createServer((_request, response) => {
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
): Promise<unknown> {
  const options = { request: { query }, context } as Parameters<SubgraphDataSource['process']>[0];
  try {
    return (await from.process(options)).data;
  } catch (error) {
    return (error as { extensions: { code: string } }).extensions.code;
  }
}

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

test('an answer that is too long is UNAVAILABLE', async () => {
  const outcome = fetched(source({ maxResponseBytes: 1000 }));
  await arrived(1);
  waiting[0]?.end(JSON.stringify({ data: { a: 'x'.repeat(5000) } }));
  expect(await outcome).toBe('UNAVAILABLE');
});
