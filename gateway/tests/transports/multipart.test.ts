import { connect } from 'node:net';
import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all);
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

const leaving: (() => void)[] = [];
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
});
beforeEach(() => until(() => graph.feed.listeners() === 0, { what: 'every earlier subscription is closed' }));

const accept = 'multipart/mixed;subscriptionSpec="1.0", application/json';
const head = 'content-type: application/json\r\n\r\n';
const unauthenticated = [{ extensions: { code: 'UNAUTHENTICATED' } }];

/** Reads as the protocol has it: parts, each with the boundary behind it, and two hyphens at the end. */
async function open(query: string, options: { token?: string; to?: TestGateway; accept?: string } = {}) {
  const gone = new AbortController();
  leaving.push(() => gone.abort());
  const { token, to = gateway } = options;
  const response = await fetch(`${to.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: options.accept ?? accept,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
    signal: gone.signal,
  });
  const state = { text: '', ended: false };
  const read = async () => {
    const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
    for await (const chunk of chunks) state.text += chunk;
  };
  const reading = read()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  const bodies = () =>
    state.text
      .split('\r\n--graphql')
      .filter((part) => part.startsWith(`\r\n${head}`))
      .map((part) => JSON.parse(part.slice(head.length + 2)));
  return {
    response,
    state,
    bodies,
    /** All but what keeps the connection alive. */
    parts: () => bodies().filter((body) => Object.keys(body).length > 0),
    leave: () => gone.abort(),
    ended: () => reading,
  };
}

const event = (id: string) => ({ cursor: `c${id}`, kind: 'K', message: { id, text: `text ${id} – é` } });
const payload = (id: string) => ({
  payload: { data: { chatEvents: { cursor: `c${id}`, message: { text: `text ${id} – é` } } } },
});
const subscription = 'subscription { chatEvents { cursor message { text } } }';

describe('a subscription over multipart/mixed', () => {
  test('is told at once that it runs, and each event has its boundary behind it', async () => {
    const stream = await open(subscription);
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    );
    const opening = `\r\n--graphql\r\n${head}{}\r\n--graphql`;
    await until(() => graph.feed.listeners() === 1 && stream.state.text === opening);
    graph.feed.push(event('1'));
    graph.feed.push(event('2'));
    await until(() => stream.parts().length === 2);
    expect(stream.parts()).toEqual([payload('1'), payload('2')]);
    expect(stream.state.text.endsWith('}\r\n--graphql')).toBe(true);
    stream.leave();
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 1000, what: 'it is ended upstream' });
  });

  test('ends with an error of the transport when its token expires or its session ends', async () => {
    const short = await open(subscription, { token: await gateway.token({ expires: 2 }) });
    const revoked = await open(subscription, { token: await gateway.token({ claims: { sid: 'ends' } }) });
    await until(() => graph.feed.listeners() > 0 && revoked.bodies().length === 1);
    gateway.revoke('ends');
    for (const stream of [revoked, short]) {
      await stream.ended();
      expect(stream.parts()).toMatchObject([{ payload: null, errors: unauthenticated }]);
      expect(stream.state.text.endsWith('\r\n--graphql--\r\n')).toBe(true);
    }
  });

  test('has its own errors in its payload', async () => {
    const badInput = (extensions: object) => [{ extensions: { code: 'BAD_USER_INPUT', ...extensions } }];
    const refusals: [string, object[]][] = [
      ['subscription { nope }', badInput({})],
      ['subscription { refused { cursor } }', badInput({ field: 'after' })],
      ['{ viewer { id } }', unauthenticated],
    ];
    for (const [query, errors] of refusals) {
      const stream = await open(query);
      await stream.ended();
      expect(stream.parts(), query).toMatchObject([{ payload: { errors } }]);
      expect(stream.state.text.endsWith('\r\n--graphql--\r\n')).toBe(true);
    }
  });

  test('breaks off without the last boundary when the gateway drains, so that its client comes back', async () => {
    const draining = await startGateway(graph.all);
    const stream = await open(subscription, { to: draining });
    await until(() => graph.feed.listeners() === 1);
    await draining.drain();
    await stream.ended();
    expect(stream.parts()).toEqual([]);
    expect(stream.state.text.endsWith('--graphql')).toBe(true);
    await draining.stop();
  });

  test('of a client that does not read is cut', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ query: subscription });
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\naccept: ${accept}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await until(() => graph.feed.listeners() === 1);
    socket.pause();
    const text = 'x'.repeat(200_000);
    for (let i = 0; i < 200; i++)
      graph.feed.push({ cursor: String(i), kind: 'K', message: { id: '1', text } });
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 10_000, what: 'it is ended upstream' });
    socket.destroy();
  });

  test('is one of the few that a person may have at once', async () => {
    const narrow = await startGateway(graph.all, { SUBSCRIPTIONS_PER_VIEWER: '2' });
    const token = await narrow.token();
    const streams = [
      await open(subscription, { to: narrow, token }),
      await open(subscription, { to: narrow, token, accept: 'text/event-stream' }),
    ];
    const refused = await open(subscription, { to: narrow, token });
    expect(refused.response.status).toBe(429);
    for (const stream of streams) stream.leave();
    await narrow.stop();
  });
});

test.each([
  ['multipart/mixed;subscriptionSpec="1.0"', 'multipart/mixed'],
  [
    'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json',
    'multipart/mixed',
  ],
  ['application/json, Multipart/Mixed; SubscriptionSpec=1.0', 'multipart/mixed'],
  ['multipart/mixed;subscriptionSpec=2.0, application/json', 'application/json'],
  ['multipart/mixed;deferSpec=20220824, application/json', 'application/json'],
  ['application/json;subscriptionSpec=1.0', 'application/json'],
])('who accepts %s is answered in %s', async (accepted, type) => {
  const stream = await open('{ mediaLimits }', { accept: accepted });
  await stream.ended();
  expect(stream.response.headers.get('content-type')?.split(';')[0]).toBe(type);
  if (type === 'multipart/mixed') expect(stream.parts()).toEqual([{ payload: { data: { mediaLimits: 4 } } }]);
});

describe('Apollo Client with nothing but its HttpLink', () => {
  const document = gql(subscription);
  const client = (headers: Record<string, string> = {}) =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri: `${gateway.url}/graphql`, headers }),
    });

  test('subscribes, and ends the subscription', async () => {
    const seen: unknown[] = [];
    const subscribed = client()
      .subscribe({ query: document, fetchPolicy: 'no-cache' })
      .subscribe(({ data }) => seen.push(data));
    await until(() => graph.feed.listeners() === 1);
    graph.feed.push(event('1'));
    graph.feed.push(event('2'));
    await until(() => seen.length === 2);
    expect(seen).toMatchObject([payload('1').payload.data, payload('2').payload.data]);
    subscribed.unsubscribe();
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 1000 });
  });

  test('is told by an error of the protocol that its token has expired', async () => {
    const errors: unknown[] = [];
    client({ authorization: `Bearer ${await gateway.token({ expires: 2 })}` })
      .subscribe({ query: document, fetchPolicy: 'no-cache' })
      .subscribe(({ error }) => error && errors.push(error));
    await until(() => errors.length === 1);
    expect(CombinedProtocolErrors.is(errors[0])).toBe(true);
    expect(errors[0]).toMatchObject({ errors: unauthenticated });
  });
});
