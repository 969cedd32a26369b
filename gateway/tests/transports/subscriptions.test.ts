import { until } from '@socialhub/platform/testing/until';
import type { ExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';
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

beforeEach(async () => {
  await until(() => graph.feed.listeners() === 0, { what: 'every earlier subscription is closed' });
  for (const subgraph of graph.all) subgraph.requests.length = 0;
  graph.chat.subscriptions.length = 0;
});

const message = (id: string) => ({
  id,
  text: `text ${id}`,
  sender: { id: '7' },
  media: [{ id: 'm1' }, { id: 'm2' }],
});
const event = (id: string) => ({ cursor: `c${id}`, kind: 'MESSAGE_SENT', message: message(id) });

/** Subscribes, waits until the subgraph feeds it, and keeps what comes. */
async function listen(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const before = graph.feed.listeners();
  const results: ExecutionResult[] = [];
  const end: { error?: unknown; completed?: boolean } = {};
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result) => results.push(result as ExecutionResult),
      error: (error) => {
        end.error = error;
      },
      complete: () => {
        end.completed = true;
      },
    },
  );
  await until(() => graph.feed.listeners() > before || end.error, { what: 'the subscription is open' });
  return { results, end, stop, got: (count: number) => until(() => results.length >= count && results) };
}

describe('a subscription whose fields live in four services', () => {
  const query = `subscription ($after: String) {
    chatEvents(after: $after) {
      cursor
      message { text sender { displayName avatar { url } postCount } media { url } }
    }
  }`;

  test('joins all of them for every event, in order', async () => {
    const { results, got, stop } = await listen(gateway.socket(), query, { after: 'c0' });
    for (const id of ['1', '2', '3']) graph.feed.push(event(id));
    await got(3);
    expect(results[0]).toEqual({
      data: {
        chatEvents: {
          cursor: 'c1',
          message: {
            text: 'text 1',
            sender: {
              displayName: 'User 7',
              avatar: { url: 'https://cdn.example/avatar-7/LARGE' },
              postCount: 3,
            },
            media: [{ url: 'https://cdn.example/m1/LARGE' }, { url: 'https://cdn.example/m2/LARGE' }],
          },
        },
      },
    });
    expect(results.map(({ data }) => data?.chatEvents)).toMatchObject([
      { cursor: 'c1' },
      { cursor: 'c2' },
      { cursor: 'c3' },
    ]);
    stop();
  });

  test('vouches for the viewer with each operation and with each fetch that an event makes', async () => {
    const token = await gateway.token();
    const { got, stop } = await listen(gateway.socket({ token }), query);
    graph.feed.push(event('1'));
    await got(1);
    expect(graph.chat.subscriptions).toEqual([
      { identity: expect.stringMatching(/^k1\./), requestId: expect.any(String) },
    ]);
    for (const subgraph of [graph.user, graph.media, graph.post]) {
      expect(subgraph.requests[0]?.headers['x-socialhub-identity']).toMatch(/^k1\./);
      expect(subgraph.requests[0]?.headers.authorization).toBeUndefined();
    }
    stop();
  });

  test('says when it was asked for, however long it took to reach its subgraph', async () => {
    await graph.chat.stop();
    const client = gateway.socket();
    const listening = listen(client, query);
    // The gateway takes what comes over a socket in order.
    await new Promise<void>((resolve) => {
      client.subscribe({ query: '{ __typename }' }, { next() {}, error: () => resolve(), complete: resolve });
    });
    const answeredAt = Date.now();
    await until(() => Date.now() > answeredAt);
    await graph.chat.restart();
    (await listening).stop();
    const [, claims = ''] = String(graph.chat.subscriptions[0]?.identity).split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).at).toBeLessThanOrEqual(answeredAt);
  });

  test('loses only the fields of a service that is down', async () => {
    const { results, got, stop } = await listen(gateway.socket(), query);
    await graph.media.stop();
    try {
      graph.feed.push(event('1'));
      await got(1);
    } finally {
      await graph.media.restart();
    }
    const chatEvents = results[0]?.data?.chatEvents as { message: { text: string; sender: object } };
    expect(chatEvents.message).toEqual({
      text: 'text 1',
      sender: { displayName: 'User 7', avatar: { url: null }, postCount: 3 },
      media: [{ url: null }, { url: null }],
    });
    expect(results[0]?.errors?.map((error) => error.extensions?.code)).toEqual(
      results[0]?.errors?.map(() => 'UNAVAILABLE'),
    );
    graph.feed.push(event('2'));
    await got(2);
    expect(results[1]?.errors).toBeUndefined();
    stop();
  });
});

describe('a subscription', () => {
  test('takes variables, aliases, fragments, conditions and __typename', async () => {
    const query = `subscription Chat($variant: String = "SMALL", $withSender: Boolean!) {
      events: chatEvents { ...Event }
    }
    fragment Event on ChatEvent {
      __typename
      at: cursor
      message {
        ... on Message { __typename size: length }
        sender @include(if: $withSender) { ...Person }
        media @skip(if: $withSender) { small: url(variant: $variant) }
      }
    }
    fragment Person on User { __typename name: displayName picture: avatar { url(variant: $variant) } }`;
    const client = gateway.socket();
    const withSender = await listen(client, query, { withSender: true });
    const without = await listen(client, query, { withSender: false, variant: 'BIG' });
    graph.feed.push(event('1'));
    await Promise.all([withSender.got(1), without.got(1)]);
    expect(withSender.results[0]?.data).toEqual({
      events: {
        __typename: 'ChatEvent',
        at: 'c1',
        message: {
          __typename: 'Message',
          size: 6,
          sender: {
            __typename: 'User',
            name: 'User 7',
            picture: { url: 'https://cdn.example/avatar-7/SMALL' },
          },
        },
      },
    });
    expect(without.results[0]?.data).toEqual({
      events: {
        __typename: 'ChatEvent',
        at: 'c1',
        message: {
          __typename: 'Message',
          size: 6,
          media: [{ small: 'https://cdn.example/m1/BIG' }, { small: 'https://cdn.example/m2/BIG' }],
        },
      },
    });
    withSender.stop();
    without.stop();
  });

  test('gets an error within an event in that event, masked, and goes on', async () => {
    const { results, got, stop } = await listen(
      gateway.socket(),
      'subscription { chatEvents { cursor note } }',
    );
    graph.feed.push({ ...event('1'), note: 'fails' });
    graph.feed.push({ ...event('2'), note: 'fine' });
    await got(2);
    expect(results[0]).toEqual({
      data: { chatEvents: { cursor: 'c1', note: null } },
      errors: [
        {
          message: 'Internal server error',
          path: ['chatEvents', 'note'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(results[1]).toEqual({ data: { chatEvents: { cursor: 'c2', note: 'fine' } } });
    stop();
  });

  test('shares the one connection to its subgraph and is closed there at once, its neighbours untouched', async () => {
    const mine = await listen(gateway.socket(), 'subscription { chatEvents { cursor } }');
    const neighbours = await listen(gateway.socket(), 'subscription { chatEvents { kind } }');
    expect(graph.chat.connections()).toBe(1);
    mine.stop();
    await until(() => graph.feed.listeners() === 1, { timeoutMs: 1000 });
    graph.feed.push(event('1'));
    await neighbours.got(1);
    expect(mine.results).toEqual([]);
    expect(mine.end).toEqual({ completed: true });
    neighbours.stop();
  });

  test('is closed at its subgraph when the client vanishes', async () => {
    let socket: { terminate(): void } | undefined;
    const client = gateway.socket({
      onSocket: (opened) => {
        socket = opened;
      },
    });
    await listen(client, 'subscription { chatEvents { cursor } }');
    socket?.terminate();
    await until(() => graph.feed.listeners() === 0, { timeoutMs: 2000 });
  });

  test('ends with UNAVAILABLE when its subgraph is lost, not repeated behind the back of the client', async () => {
    const first = await listen(gateway.socket(), 'subscription { chatEvents { cursor } }');
    const second = await listen(gateway.socket(), 'subscription { chatEvents { cursor } }');
    graph.chat.dropSockets();
    for (const { end } of [first, second]) {
      await until(() => end.error);
      expect(end.error).toEqual([
        {
          message: 'A part of the service is temporarily unavailable',
          extensions: { code: 'UNAVAILABLE' },
        },
      ]);
    }
    await until(() => graph.feed.listeners() === 0);
    expect(graph.chat.subscriptions).toHaveLength(2);
    const again = await listen(gateway.socket(), 'subscription { chatEvents { cursor } }');
    graph.feed.push(event('2'));
    await again.got(1);
    again.stop();
  });

  test('is told UNAVAILABLE when its subgraph cannot be reached', async () => {
    await until(() => graph.feed.listeners() === 0);
    await graph.chat.stop();
    try {
      const { end } = await listen(gateway.socket(), 'subscription { chatEvents { cursor } }');
      expect(end.error).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
    } finally {
      await graph.chat.restart();
    }
  });

  test('is told why its subgraph refused it, without anything internal', async () => {
    const { end } = await listen(gateway.socket(), 'subscription { refused { cursor } }');
    expect(end.error).toEqual([
      {
        message: 'after is not a cursor',
        path: ['refused'],
        extensions: { code: 'BAD_USER_INPUT', field: 'after' },
      },
    ]);
  });

  test.each([
    ['conditions at its top', 'subscription ($a: Boolean = true) { chatEvents @include(if: $a) { cursor } }'],
    ['two root fields', 'subscription { chatEvents { cursor } refused { cursor } }'],
    ['a variable of the wrong type', 'subscription ($a: String!) { chatEvents(after: $a) { cursor } }'],
    ['an unknown field', 'subscription { chatEvents { nope } }'],
  ])('is refused with BAD_USER_INPUT for %s', async (_what, query) => {
    const { end } = await listen(gateway.socket(), query);
    expect(end.error).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('needs to be signed in where the schema says so, at its root and below', async () => {
    for (const query of [
      'subscription { mine { cursor } }',
      'subscription { chatEvents { message { sender { email } } } }',
    ]) {
      const signedOut = await listen(gateway.socket(), query);
      expect(signedOut.end.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      const signedIn = await listen(gateway.socket({ token: await gateway.token() }), query);
      expect(signedIn.end.error).toBeUndefined();
      signedIn.stop();
      await until(() => graph.feed.listeners() === 0);
    }
  });

  test('over HTTP is refused in so many words', async () => {
    const { body } = await gateway.query('subscription { chatEvents { cursor } }');
    expect(body.errors?.[0]?.message).toContain('WebSocket');
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
