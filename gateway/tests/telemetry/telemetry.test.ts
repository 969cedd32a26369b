import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@socialhub/platform/testing/until';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway, userId } from '../fixture/gateway.ts';
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

const lines = (message: string) =>
  gateway.logged
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === message);
const requests = () => lines('request');

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

describe('the access log', () => {
  beforeEach(async () => {
    gateway = await startGateway(graph.all);
  });

  test('has one line for a request, with its outcome and nothing secret', async () => {
    const token = await gateway.token();
    const answer = await gateway.post(
      {
        query: 'query Someone($id: ID!) { user(id: $id) { displayName } fails(code: "NOT_FOUND") }',
        variables: { id: 'very-secret' },
        operationName: 'Someone',
      },
      { authorization: `Bearer ${token}`, 'x-request-id': 'my-request-1' },
    );
    const line = await until(() => requests()[0]);
    expect(line).toMatchObject({
      method: 'POST',
      path: '/graphql',
      operation: 'Someone',
      type: 'query',
      status: 200,
      codes: ['NOT_FOUND'],
      viewerId: userId,
      requestId: 'my-request-1',
    });
    expect(line.ms).toBeGreaterThan(0);
    expect(line.bytes).toBeGreaterThan(answer.text.length);
    const all = gateway.logged.join('\n');
    expect(all).not.toContain(token);
    expect(all).not.toContain('very-secret');
    expect(all).not.toContain('displayName');
    expect(requests()).toHaveLength(1);
  });

  test('says with which code a request was refused, wherever that was', async () => {
    const post = (query: string, headers = {}) => gateway.post({ query }, headers);
    await post('{ posts { text } }', { authorization: 'Bearer a.b.c' });
    await post('{ nothing }');
    await post('{');
    await post('{ viewer { id } }');
    await gateway.post('not json');
    await gateway.fetch('/graphql', { method: 'DELETE' });
    await gateway.fetch('/elsewhere?token=very-secret');
    await until(() => requests().length === 7);
    expect(requests().map(({ codes }) => codes)).toEqual([
      ['UNAUTHENTICATED'],
      ['BAD_USER_INPUT'],
      ['BAD_USER_INPUT'],
      ['UNAUTHENTICATED'],
      ['BAD_USER_INPUT'],
      ['BAD_USER_INPUT'],
      ['NOT_FOUND'],
    ]);
    expect(gateway.logged.join()).not.toContain('very-secret');
  });

  test('tells of clients that did not wait for their answer', async () => {
    graph.media.answerNext('hang');
    const gone = new AbortController();
    const asked = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ mediaLimits }"}',
      signal: gone.signal,
    }).catch(() => undefined);
    await until(() => graph.media.requests.length === 1);
    gone.abort();
    await asked;
    expect(await until(() => requests()[0])).toMatchObject({ status: 499, aborted: true });
  });

  test('has a line for each operation on a socket', async () => {
    const client = gateway.socket({ token: await gateway.token() });
    for await (const _ of client.iterate({ query: 'query OnSocket { posts { text } }' }));
    expect(await until(() => requests()[0])).toMatchObject({
      method: 'WEBSOCKET',
      operation: 'OnSocket',
      type: 'query',
      codes: [],
      viewerId: userId,
    });
  });
});

describe('metrics', () => {
  const read = async () => {
    const { url } = (await until(() => lines('metrics are served')[0])) as { url: string };
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain('text/plain');
    return response.text();
  };

  test('are served at an address of their own and tell of all parts', async () => {
    gateway = await startGateway(graph.all, { METRICS_PORT: '0' });
    for (let i = 0; i < 3; i++) await gateway.query('query Posts { posts { text author { displayName } } }');
    await gateway.query('{ nothing }');
    await gateway.post('not json');
    graph.media.answerNext({ status: 500, body: 'Internal' });
    await gateway.query('{ mediaLimits }');
    const client = gateway.socket();
    const events = client.iterate({ query: 'subscription { chatEvents { cursor } }' });
    const first = events.next();
    await until(() => graph.feed.listeners() === 1);
    const text = await read();
    for (const line of [
      'gateway_http_request_seconds_count{method="POST",status="400"} 1',
      'gateway_operation_seconds_count{type="query",operation="Posts",transport="http"} 3',
      'gateway_operation_seconds_count{type="subscription",operation="anonymous",transport="websocket"} 1',
      'gateway_operation_errors_total{type="query",operation="anonymous",code="UNAVAILABLE"} 1',
      'gateway_errors_total{code="BAD_USER_INPUT"} 2',
      'gateway_errors_total{code="UNAVAILABLE"} 1',
      'gateway_subgraph_fetch_seconds_count{subgraph="post",outcome="answered"} 3',
      'gateway_subgraph_fetch_seconds_count{subgraph="media",outcome="failed"} 1',
      'gateway_subgraph_breaker{subgraph="post",state="closed"} 1',
      'gateway_subgraph_breaker{subgraph="post",state="open"} 0',
      'gateway_subgraph_fetches_under_way{subgraph="post"} 0',
      'gateway_subgraph_fetches_waiting{subgraph="post"} 0',
      'gateway_subgraph_requests_total{subgraph="post"} 3',
      // Posts was planned once for three requests.
      'gateway_plan_seconds_count 3',
      'gateway_sockets 1',
      'gateway_subscriptions 1',
      'gateway_subscription_groups 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).toMatch(/^gateway_subgraph_response_bytes_total\{subgraph="post"\} [1-9]\d+$/m);
    graph.feed.push({ cursor: 'c1' });
    await first;
    await events.return?.();
    expect((await gateway.fetch('/metrics')).status).toBe(404);
  });
});

describe('traces', () => {
  test('pass through a gateway that does not trace, when they are such', async () => {
    gateway = await startGateway(graph.all);
    await gateway.post({ query: '{ posts { text } }' }, { traceparent });
    await gateway.post({ query: '{ posts { text } }' }, { traceparent: 'anything' });
    expect(graph.post.requests.map(({ headers }) => headers.traceparent)).toEqual([traceparent, undefined]);
  });

  test('go on from the client to the subgraphs, and their spans to the receiver', async () => {
    const received: Buffer[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      if (request.url === '/v1/traces') received.push(Buffer.concat(chunks));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    gateway = await startGateway(graph.all, {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    });
    await gateway.post(
      { query: 'query Traced { posts { text author { displayName } } }', variables: { x: 'very-secret' } },
      { traceparent },
    );
    const sent = [graph.post.requests[0], graph.user.requests[0]].map(
      (request) => String(request?.headers.traceparent).split('-') as [string, string, string, string],
    );
    expect(sent.map(([, trace]) => trace)).toEqual([traceId, traceId]);
    const spans = sent.map(([, , span]) => span);
    expect(new Set([...spans, 'b7ad6b7169203331']).size).toBe(3);

    await gateway.drain();
    await new Promise((resolve) => receiver.close(resolve));
    const text = Buffer.concat(received);
    for (const name of ['request', 'validate', 'plan', 'fetch', 'Traced', 'graphql.subgraph']) {
      expect(text.includes(name), name).toBe(true);
    }
    for (const id of [traceId, ...spans]) expect(text.includes(Buffer.from(id, 'hex'))).toBe(true);
    expect(text.includes('very-secret')).toBe(false);
  });
});
