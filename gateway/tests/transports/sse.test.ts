import { until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

beforeEach(() => until(() => graph.feed.listeners() === 0, { what: 'every earlier subscription is closed' }));

interface StreamEvent {
  event: string;
  data: { data?: unknown; errors?: { message: string; extensions: object }[] } | null;
}

/** Reads a stream as browsers do. */
async function open(
  query: string,
  options: { variables?: object; token?: string; method?: 'GET' | 'POST'; to?: TestGateway } = {},
) {
  const gone = new AbortController();
  const { variables = {}, token, method = 'POST', to = gateway } = options;
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const response = await fetch(`${to.url}/graphql${method === 'GET' ? `?${search}` : ''}`, {
    method,
    headers: {
      accept: 'text/event-stream',
      ...(method === 'POST' && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(method === 'POST' && { body: JSON.stringify({ query, variables }) }),
    signal: gone.signal,
  });
  const events: StreamEvent[] = [];
  const state = { ended: false, comments: 0 };
  const read = async () => {
    let text = '';
    for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(
      new TextDecoderStream(),
    )) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        if (lines[0] === ':') state.comments += 1;
        else events.push({ event: field('event') ?? '', data: data ? JSON.parse(data) : null });
      }
    }
  };
  const reading = read()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  return {
    response,
    events,
    state,
    leave: () => gone.abort(),
    ended: () => reading,
    got: (count: number) => until(() => events.length >= count),
  };
}

const event = (id: string) => ({ cursor: `c${id}`, kind: 'K', message: { id, text: `text ${id} – é` } });
const subscription = 'subscription { chatEvents { cursor message { text } } }';

describe('an operation whose client asks for text/event-stream', () => {
  test('is answered by next and complete, be it a query, a mutation or refused', async () => {
    const answers: [string, object][] = [
      ['{ mediaLimits }', { data: { mediaLimits: 4 } }],
      [
        'mutation { rename(id: 4, name: "x") { displayName } }',
        { data: { rename: { displayName: 'User 4' } } },
      ],
      ['{ nope }', { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }],
      ['{ viewer { id } }', { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }],
      [`{ ${'mediaLimits '.repeat(21)} }`, { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] }],
    ];
    for (const [query, answer] of answers) {
      const stream = await open(query);
      await stream.ended();
      expect(stream.response.status).toBe(200);
      expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(stream.events).toMatchObject([
        { event: 'next', data: answer },
        { event: 'complete', data: null },
      ]);
    }
  });

  test('runs for the person whose token came with it', async () => {
    const stream = await open('{ viewer { email } }', { token: await gateway.token() });
    await stream.ended();
    expect(stream.events[0]?.data).toEqual({ data: { viewer: { email: '1@example.org' } } });
    expect((await open('{ mediaLimits }', { token: 'a.b.c' })).response.status).toBe(401);
  });

  test('is JSON for a client that takes this too, and 400 or 415 when it is no GraphQL request', async () => {
    const headers = { accept: 'application/json, text/event-stream' };
    expect((await gateway.post({ query: '{ mediaLimits }' }, headers)).body).toEqual({
      data: { mediaLimits: 4 },
    });
    const accept = 'text/event-stream';
    expect((await gateway.post({}, { accept })).status).toBe(400);
    expect((await gateway.post('{', { accept })).status).toBe(400);
    expect((await gateway.post('{}', { accept, 'content-type': 'text/plain' })).status).toBe(415);
  });

  test('by GET is anything but a mutation', async () => {
    const mutation = await open('mutation { rename(id: 4, name: "x") { id } }', { method: 'GET' });
    await mutation.ended();
    expect(mutation.events[0]?.data?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const live = await open(subscription, { method: 'GET' });
    await until(() => graph.feed.listeners() === 1);
    live.leave();
  });
});

describe('a subscription over Server-Sent Events', () => {
  test('joins what lives in several services, in order, and is told at once that it runs', async () => {
    const stream = await open(
      'subscription { chatEvents { cursor message { text sender { displayName } } } }',
    );
    await until(() => graph.feed.listeners() === 1 && stream.state.comments === 1);
    for (const id of ['1', '2', '3']) {
      const { message, ...rest } = event(id);
      graph.feed.push({ ...rest, message: { ...message, sender: { id: '7' } } });
    }
    await stream.got(3);
    expect(stream.events.map(({ data }) => data?.data)).toMatchObject(
      ['1', '2', '3'].map((id) => ({
        chatEvents: {
          cursor: `c${id}`,
          message: { text: `text ${id} – é`, sender: { displayName: 'User 7' } },
        },
      })),
    );
    stream.leave();
  });

  test('is ended upstream at once when its client goes', async () => {
    const stream = await open(subscription);
    await until(() => graph.feed.listeners() === 1);
    stream.leave();
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 1000 });
  });

  test('ends with UNAUTHENTICATED when its token expires, and within a second when its session ends', async () => {
    const short = await open(subscription, { token: await gateway.token({ expires: 2 }) });
    await short.ended();
    const expired = { event: 'next', data: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } };
    expect(short.events).toMatchObject([expired, { event: 'complete' }]);
    const [revoked, other] = [
      await open(subscription, { token: await gateway.token({ claims: { sid: 'gone' } }) }),
      await open(subscription, { token: await gateway.token({ claims: { sid: 'stays' } }) }),
    ];
    // Of one person: they share what runs for them, and the one goes on without the other.
    await until(() => revoked.state.comments + other.state.comments === 2 && graph.feed.listeners() === 1);
    gateway.revoke('gone');
    await until(() => revoked.state.ended, { timeoutMs: 1000 });
    expect(revoked.events).toMatchObject([expired, { event: 'complete' }]);
    graph.feed.push(event('1'));
    await other.got(1);
    other.leave();
  });

  test('ends with the error that its subgraph refused it with', async () => {
    const stream = await open('subscription { refused { cursor } }');
    await stream.ended();
    expect(stream.events).toMatchObject([
      { event: 'next', data: { errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }] } },
      { event: 'complete' },
    ]);
  });

  test('of a client that does not read is cut, and what waits for it is bounded', async () => {
    const { socket, send } = await rawRequest(subscription);
    send();
    await until(() => graph.feed.listeners() === 1);
    socket.pause();
    const text = 'x'.repeat(200_000);
    for (let i = 0; i < 200; i++)
      graph.feed.push({ cursor: String(i), kind: 'K', message: { id: '1', text } });
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 10_000, what: 'it is ended upstream' });
    socket.destroy();
  });

  test('of a client that reads brings events and answers of any length', async () => {
    const stream = await open(subscription);
    await until(() => graph.feed.listeners() === 1);
    const text = 'x'.repeat(3_000_000);
    graph.feed.push({ cursor: '1', kind: 'K', message: { id: '1', text } });
    await until(() => stream.events.length === 1, { timeoutMs: 10_000, what: 'the event' });
    expect(stream.events[0]?.data).toMatchObject({ data: { chatEvents: { message: { text } } } });
    stream.leave();
    const names = Array.from({ length: 20 }, (_, at) => `d${at}: displayName`).join(' ');
    const query = `query ($id: ID!) { user(id: $id) { ${names} } }`;
    const answered = await open(query, { variables: { id: 'x'.repeat(200_000) } });
    await answered.ended();
    expect(answered.events.map((one) => one.event)).toEqual(['next', 'complete']);
    expect(JSON.stringify(answered.events[0]?.data).length).toBeGreaterThan(3_000_000);
  });

  test('breaks off without complete when the gateway drains, so that its client comes back', async () => {
    const draining = await startGateway(graph.all);
    const stream = await open(subscription, { to: draining });
    await until(() => graph.feed.listeners() === 1);
    await draining.drain();
    await stream.ended();
    expect(stream.events).toEqual([]);
    expect(graph.feed.listeners()).toBe(0);
    await draining.stop();
  });
});

/** A client that can stop reading. */
async function rawRequest(query: string) {
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  const body = JSON.stringify({ query });
  return {
    socket,
    send: () =>
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      ),
  };
}
