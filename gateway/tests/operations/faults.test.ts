import { until } from '@socialhub/platform/testing/until';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeEach(async () => {
  graph = await startGraph();
});

afterEach(async () => {
  await gateway?.stop();
  await graph?.stop();
});

const codes = (answer: Awaited<ReturnType<TestGateway['query']>>) =>
  answer.body.errors?.map(({ extensions }) => extensions.code);

test('each subgraph may have a timeout of its own', async () => {
  gateway = await startGateway(graph.all, { SUBGRAPH_TIMEOUTS: 'media=100' });
  graph.media.answerNext('hang');
  const answer = await gateway.query('{ mediaLimits posts { text } }');
  expect(answer.body.data).toEqual({ mediaLimits: null, posts: [{ text: 'hello' }] });
  expect(codes(answer)).toEqual(['UNAVAILABLE']);
});

test('a timeout for what is no subgraph is a fault of the configuration', () => {
  const reading = (text: string) => () => readConfig({ SUBGRAPH_TIMEOUTS: text });
  expect(reading('medium=100')).toThrow(/SUBGRAPH_TIMEOUTS: must be names of subgraphs/);
  expect(reading('media=soon')).toThrow(/SUBGRAPH_TIMEOUTS: must be names of subgraphs/);
});

test('what one asks beyond their share is RATE_LIMITED and is never sent', async () => {
  gateway = await startGateway(graph.all, { SUBGRAPH_TIMEOUT_MS: '3000' });
  const authorization = `Bearer ${await gateway.token()}`;
  const query = 'mutation { rename(id: 1, name: "x") { id } }';
  await gateway.query(query);
  graph.user.requests.length = 0;
  for (let i = 0; i < 50; i++) graph.user.answerNext('hang');
  const asked = Array.from({ length: 300 }, () => gateway.post({ query }, { authorization }));
  // Those beyond the places to wait are told at once, the others that never got a connection when their time is over.
  expect((await Promise.race(asked)).body.errors).toEqual([
    {
      message: 'Too much is asked at once',
      extensions: { code: 'RATE_LIMITED', retryAfter: 1 },
    },
  ]);
  const answers = await Promise.all(asked);
  const all = answers.flatMap((answer) => codes(answer));
  const unavailable = all.filter((code) => code === 'UNAVAILABLE').length;
  expect(unavailable).toBeLessThan(50);
  expect(all.filter((code) => code === 'RATE_LIMITED')).toHaveLength(300 - unavailable);
  // What was sent is UNAVAILABLE, whether or not it has arrived before its time was over.
  expect(graph.user.requests.length).toBeLessThanOrEqual(unavailable);
});

test('while a subgraph stalls, all that others are asked is answered and all that it is asked waits', async () => {
  gateway = await startGateway(graph.all, { SUBGRAPH_TIMEOUT_MS: '60000' });
  let ended = 0;
  const gone = new AbortController();
  for (let i = 0; i < 100; i++) graph.media.answerNext('hang');
  const stalled = Array.from({ length: 100 }, () =>
    gateway
      .fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ mediaLimits }"}',
        signal: gone.signal,
      })
      .catch(() => undefined)
      .finally(() => {
        ended += 1;
      }),
  );
  // Of one address so many are asked at once.
  await until(() => graph.media.requests.length === 16);
  for (let i = 0; i < 200; i++) {
    const answer = await gateway.query('{ posts { text author { displayName } } }');
    expect(answer.body).toEqual({ data: { posts: [{ text: 'hello', author: { displayName: 'User 1' } }] } });
  }
  expect(ended).toBe(0);
  expect(graph.media.requests).toHaveLength(16);
  gone.abort();
  await Promise.all(stalled);
});

test('a subgraph that is down is asked no more after ten failures, and is found again', async () => {
  gateway = await startGateway(graph.all);
  await graph.media.stop();
  for (let i = 0; i < 12; i++) {
    const answer = await gateway.query('{ mediaLimits posts { text } }');
    expect(codes(answer)).toEqual(['UNAVAILABLE']);
    expect(answer.body.data).toEqual({ mediaLimits: null, posts: [{ text: 'hello' }] });
  }
  await graph.media.restart();
  expect(codes(await gateway.query('{ mediaLimits }'))).toEqual(['UNAVAILABLE']);
  expect(graph.media.requests).toHaveLength(0);
  await until(async () => codes(await gateway.query('{ mediaLimits }')) === undefined);
  expect(graph.media.requests).toHaveLength(1);
});
