import { type AddressInfo, connect } from 'node:net';
import { createHttpServer } from '@socialhub/platform/http/server';
import { createLogger } from '@socialhub/platform/log';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, expect, test } from 'vitest';
import { createAtOnce } from '../../src/admission/at-once.ts';
import { createRateLimits } from '../../src/admission/rate-limit.ts';
import type { ConnectionSession } from '../../src/identity/connection-sessions.ts';
import type { Operations } from '../../src/operations/operations.ts';
import { createCors } from '../../src/transports/http/cors.ts';
import { createHttpEdge } from '../../src/transports/http/http-edge.ts';
import { createStreamEdge } from '../../src/transports/streams/stream-edge.ts';

const noRates = {
  requestsPerAddress: 0,
  requestsPerViewer: 0,
  newOperationsPerAddress: 0,
  newOperationsPerViewer: 0,
  cost: 0,
  longBytes: 0,
};
const places = {
  connections: undefined,
  connectionsPerAddress: 0,
  socketsPerAddress: 1,
  socketsPerViewer: 0,
  subscriptionsPerViewer: 1,
};

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An edge at which nobody's turn comes before the test says so. */
async function startEdge() {
  const state = { begun: 0, waiting: 0, gone: 0 };
  const turn = Promise.withResolvers<void>();
  const begin = () => {
    state.begun += 1;
    return new Promise<never>(() => undefined);
  };
  const operations: Operations = {
    start: async () => undefined,
    executeHttp: begin,
    executeSocket: begin,
    stop: async () => undefined,
  };
  const atOnce = createAtOnce(places);
  const session = { context: {}, end: () => undefined } as ConnectionSession;
  const streams = createStreamEdge({
    operations,
    sessions: { open: () => session, stop: () => undefined },
    atOnce,
    formatError: (error) => error,
  });
  const handle = createHttpEdge({
    operations,
    rates: createRateLimits(noRates),
    atOnce,
    verify: undefined,
    cors: createCors([]),
    clientOf: () => ({ ipAddress: '192.0.2.1', userAgent: null }),
    streams,
    starts: {
      enter() {
        state.waiting += 1;
        return turn.promise;
      },
    },
    other: async () => false,
  });
  const http = createHttpServer({
    log: createLogger({ level: 'silent' }),
    ready: async () => true,
    handle(request, response) {
      response.once('close', () => {
        state.gone += 1;
      });
      return handle(request, response);
    },
  });
  await http.listen('127.0.0.1', 0);
  ends.push(() => http.close());
  ends.push(() => streams.close());
  return { state, atOnce, beginTurn: turn.resolve, port: (http.server.address() as AddressInfo).port };
}

test.each(['application/json', 'text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'])(
  'whoever asked for %s and has gone when their turn comes is not served, and holds nothing',
  async (accept) => {
    const { state, atOnce, beginTurn, port } = await startEdge();
    const body = JSON.stringify({ query: 'subscription { ticks }' });
    const head = `POST /graphql HTTP/1.1\r\nhost: a\r\naccept: ${accept}\r\ncontent-type: application/json`;
    const client = connect(port, '127.0.0.1');
    client.write(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    await until(() => state.waiting === 1);
    client.destroy();
    await until(() => state.gone === 1);
    beginTurn();
    await new Promise(setImmediate);
    expect(state.begun).toBe(0);
    expect(atOnce.subscriptions.take('192.0.2.1')).toBe(true);
  },
);
