import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

/** A load balancer in small: kept-alive connections to those that are ready, each asked every `checkMs`. It tries nothing twice. */
async function startSwitch(checkMs: number) {
  const behind = new Map<string, { ready: boolean; served: number; agent: Agent }>();
  let turn = 0;

  // One round after the other: an answer that is late must not undo what a later one said.
  let stopped = false;
  const checking = (async () => {
    while (!stopped) {
      for (const [url, one] of behind) {
        one.ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) }).then(
          ({ ok }) => ok,
          () => false,
        );
      }
      await delay(checkMs);
    }
  })();

  const server = createServer((request, response) => {
    const ready = [...behind].filter(([, one]) => one.ready);
    turn += 1;
    const chosen = ready[turn % ready.length];
    if (!chosen) return void response.writeHead(502).end('nobody is ready');
    const [url, one] = chosen;
    one.served += 1;
    const { method, headers } = request;
    const onward = httpRequest(`${url}${request.url}`, { method, headers, agent: one.agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] });
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', (error) => response.writeHead(502).end(String(error)));
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: (url: string) => behind.get(url)?.served ?? 0,
    async add(url: string) {
      behind.set(url, { ready: false, served: 0, agent: new Agent({ keepAlive: true }) });
      await until(() => behind.get(url)?.ready);
    },
    async stop() {
      stopped = true;
      await checking;
      for (const { agent } of behind.values()) agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let graph: FixtureGraph;
let balancer: Awaited<ReturnType<typeof startSwitch>>;
const gateways: TestGateway[] = [];

beforeEach(async () => {
  graph = await startGraph();
  balancer = await startSwitch(20);
});

afterEach(async () => {
  await balancer?.stop();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.stop()));
  await graph?.stop();
});

// As many as one address may ask for is another test's matter.
const unlimited = {
  DRAIN_DELAY_MS: '1500',
  REQUESTS_PER_MINUTE_PER_ADDRESS: '1000000',
  COST_PER_MINUTE: '100000000',
};

async function startOne(): Promise<TestGateway> {
  const gateway = await startGateway(graph.all, unlimited);
  gateways.push(gateway);
  await balancer.add(gateway.url);
  return gateway;
}

test('two instances restarted in turn under load fail no request', async () => {
  const old = [await startOne(), await startOne()];
  const failures: string[] = [];
  let answered = 0;
  let over = false;

  const ask = async () => {
    while (!over) {
      const response = await fetch(`${balancer.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ posts { text author { displayName postCount } } }"}',
      });
      const text = await response.text();
      const expected =
        '{"data":{"posts":[{"text":"hello","author":{"displayName":"User 1","postCount":3}}]}}';
      if (response.status === 200 && text.trim() === expected) answered += 1;
      else failures.push(`${response.status} ${text}`);
    }
  };
  const load = Array.from({ length: 8 }, ask);

  for (const gateway of old) {
    const replacement = await startOne();
    await until(() => balancer.served(gateway.url) > 50 && balancer.served(replacement.url) > 50);
    await gateway.drain();
    await expect(fetch(`${gateway.url}/readyz`)).rejects.toThrow();
  }
  const before = answered;
  await until(() => answered > before + 50);
  over = true;
  await Promise.all(load);
  expect(failures).toEqual([]);
}, 60_000);

test('an instance that goes away says so first, answers what is under way, and takes nothing new', async () => {
  const gateway = await startOne();
  graph.media.answerNext('hang');
  const slow = gateway.query('{ mediaLimits posts { text } }');
  await until(() => graph.media.requests.length === 1);
  const closed: number[] = [];
  const client = gateway.socket({ onClosed: ({ code }) => closed.push(code) });
  const events = client.iterate({ query: 'subscription { chatEvents { cursor } }' });
  const ended = events.next().catch(() => undefined);
  await until(() => graph.feed.listeners() === 1);

  const gone = gateway.drain();
  const ready = await gateway.fetch('/readyz');
  expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
  await ended;
  expect(closed).toEqual([1001]);
  await expect(gateway.fetch('/livez')).rejects.toThrow();
  await graph.media.stop();
  const answer = await slow;
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  expect(answer.body.data).toEqual({ mediaLimits: null, posts: [{ text: 'hello' }] });
  await gone;
});
