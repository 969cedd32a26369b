import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { INTROSPECTION: 'true' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

const leaving: (() => void)[] = [];
beforeEach(() => {
  for (const { requests } of graph.all) requests.length = 0;
});
afterEach(() => {
  for (const leave of leaving.splice(0)) leave();
});

const accept = 'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json';
const head = 'content-type: application/json\r\n\r\n';

interface Ask {
  variables?: object;
  token?: string;
  to?: TestGateway;
  accept?: string;
  method?: 'GET';
}

async function open(query: string, { variables, token, to = gateway, method, ...options }: Ask = {}) {
  const gone = new AbortController();
  leaving.push(() => gone.abort());
  const search = `?query=${encodeURIComponent(query)}`;
  const response = await fetch(`${to.url}/graphql${method ? search : ''}`, {
    method: method ?? 'POST',
    headers: {
      accept: options.accept ?? accept,
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(!method && { body: JSON.stringify({ query, variables }) }),
    signal: gone.signal,
  });
  const state = { text: '', ended: false };
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) state.text += chunk;
  };
  const reading = read()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  const parts = () =>
    state.text
      .split('\r\n--graphql')
      .filter((part) => part.startsWith(`\r\n${head}`))
      .map((part) => JSON.parse(part.slice(head.length + 2)));
  return { response, state, parts, leave: () => gone.abort(), ended: () => reading };
}

async function partsOf(query: string, ask?: Ask) {
  const stream = await open(query, ask);
  await stream.ended();
  expect(stream.response.headers.get('content-type'), stream.state.text).toMatch(/^multipart\/mixed/);
  expect(stream.state.text.endsWith('\r\n--graphql--\r\n')).toBe(true);
  return stream.parts();
}

describe('an operation with @defer', () => {
  test('is answered in parts: what is not deferred arrives while a subgraph that is slow still thinks', async () => {
    const release = graph.post.holdNext();
    const stream = await open('{ user(id: "1") { id ... @defer(label: "posts") { postCount } } }');
    const first = `\r\n--graphql\r\n${head}{"hasNext":true,"data":{"user":{"id":"1"}}}\r\n--graphql`;
    await until(() => stream.state.text === first);
    await until(() => graph.post.requests.length === 1, { what: 'the slow one is asked' });
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";deferSpec=20220824',
    );
    expect(stream.state.text).toBe(first);
    release();
    await stream.ended();
    const last = `\r\n${head}{"incremental":[{"path":["user"],"label":"posts","data":{"postCount":3}}],"hasNext":false}\r\n--graphql--\r\n`;
    expect(stream.state.text).toBe(first + last);
  });

  test('gives each object of a list what is deferred of it, in one part', async () => {
    const query = '{ user(id: "1") { friends { id ... @defer { avatar { url } } } } }';
    expect(await partsOf(query)).toEqual([
      { data: { user: { friends: [{ id: '11' }, { id: '12' }] } }, hasNext: true },
      {
        incremental: [
          { data: { avatar: { url: 'https://cdn.example/avatar-11/LARGE' } }, path: ['user', 'friends', 0] },
          { data: { avatar: { url: 'https://cdn.example/avatar-12/LARGE' } }, path: ['user', 'friends', 1] },
        ],
        hasNext: false,
      },
    ]);
    expect(graph.media.requests).toHaveLength(1);
  });

  test('defers within what is deferred, in named fragments, wherever they are spread', async () => {
    const query = `{ user(id: "1") { id ...More @defer(label: "more") } posts { author { ...Count } } }
      fragment More on User { displayName ...Count } fragment Count on User { ... on User @defer(label: "count") { postCount } }`;
    const [first, ...others] = await partsOf(query);
    expect(first).toEqual({ data: { user: { id: '1' }, posts: [{ author: {} }] }, hasNext: true });
    const results = others.flatMap(({ incremental }) => incremental);
    expect(results).toHaveLength(3);
    expect(results).toEqual(
      expect.arrayContaining([
        { data: { displayName: 'User 1' }, path: ['user'], label: 'more' },
        { data: { postCount: 3 }, path: ['user'], label: 'count' },
        { data: { postCount: 3 }, path: ['posts', 0, 'author'], label: 'count' },
      ]),
    );
    const at = (path: string, label: string) =>
      others.findIndex(({ incremental: [one] }) => one.path.join('.') === path && one.label === label);
    expect(at('user', 'more')).toBeLessThan(at('user', 'count'));
    expect(others.map(({ hasNext }) => hasNext)).toEqual([true, true, false]);
  });

  test('defers at the root of a query, by GET, and below the root of a mutation', async () => {
    expect(await partsOf('{ mediaLimits ... @defer { twin __typename } }', { method: 'GET' })).toEqual([
      { data: { mediaLimits: 4 }, hasNext: true },
      { incremental: [{ data: { twin: 2, __typename: 'Query' }, path: [] }], hasNext: false },
    ]);
    const mutation =
      'mutation { rename(id: "1", name: "x") { id ... @defer { displayName postCount } } add(input: { name: "x" }) }';
    expect(await partsOf(mutation)).toEqual([
      { data: { rename: { id: '1' }, add: 1 }, hasNext: true },
      { incremental: [{ data: { displayName: 'User 1', postCount: 3 }, path: ['rename'] }], hasNext: false },
    ]);
  });

  test.each([
    ['query ($x: Boolean!) { mediaLimits ... @defer(if: $x) { twin } }', { x: true }, 2],
    ['query ($x: Boolean = true) { mediaLimits ... @defer(if: $x) { twin } }', {}, 2],
    [
      'query ($x: Boolean!, $y: Boolean!) { mediaLimits ... @defer(if: $x) { twin } ... @defer(if: $y) { count(of: 3) } }',
      { x: false, y: true },
      2,
    ],
    [
      'query ($x: Boolean!) { mediaLimits ... @defer { twin @include(if: $x) count(of: 3) @skip(if: $x) } }',
      { x: true },
      2,
    ],
    ['query ($x: Boolean!) { mediaLimits ... @defer @include(if: $x) { twin } }', { x: false }, 1],
  ])('depends on variables: %s with %j', async (query, variables, count) => {
    expect(await partsOf(query, { variables })).toHaveLength(count);
  });

  test('answers introspection in both parts by what each asks', async () => {
    const [first, second] = await partsOf(
      '{ __type(name: "Post") { name } ... @defer { __type(name: "Post") { kind ... @defer { name } } } }',
    );
    expect(first).toEqual({ data: { __type: { name: 'Post' } }, hasNext: true });
    expect(second.incremental).toEqual([{ data: { __type: { kind: 'OBJECT', name: 'Post' } }, path: [] }]);
  });

  test('leaves out what is deferred of an object that is null', async () => {
    expect(await partsOf('{ mediaLimits conversation(id: "1") { ... @defer { id } } }')).toEqual([
      { data: { mediaLimits: 4, conversation: null }, hasNext: false },
    ]);
  });
});

describe('an error', () => {
  test('of what is not deferred is told with it, and the rest comes all the same', async () => {
    const [first, second] = await partsOf(
      '{ fails(code: "CONFLICT") user(id: "1") { id ... @defer { postCount } } }',
    );
    expect(first).toMatchObject({
      data: { fails: null, user: { id: '1' } },
      errors: [{ path: ['fails'], extensions: { code: 'CONFLICT' } }],
    });
    expect(second).toEqual({ incremental: [{ data: { postCount: 3 }, path: ['user'] }], hasNext: false });
  });

  test('of a subgraph that is down is told with what it would have brought', async () => {
    graph.post.answerNext({ status: 500, body: '' });
    const [first, second] = await partsOf('{ user(id: "1") { id ... @defer { postCount } } }');
    expect(first).toEqual({ data: { user: { id: '1' } }, hasNext: true });
    expect(second).toMatchObject({
      incremental: [
        { data: { postCount: null }, path: ['user'], errors: [{ extensions: { code: 'UNAVAILABLE' } }] },
      ],
      hasNext: false,
    });
  });

  test('where there may be no null takes the deferred fragment with it, and nothing else', async () => {
    const query = '{ posts { id author { ... @defer { displayName } ... @defer { postCount } } } }';
    graph.user.answerNext({ status: 500, body: '' });
    const [first, ...others] = await partsOf(query);
    expect(first).toEqual({ data: { posts: [{ id: 'p1', author: {} }] }, hasNext: true });
    const results = others.flatMap(({ incremental }) => incremental);
    const path = ['posts', 0, 'author'];
    expect(results).toHaveLength(2);
    expect(results).toContainEqual({ data: { postCount: 3 }, path });
    const failed = results.find(({ data }) => data === null);
    expect(failed).toMatchObject({ data: null, path, errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
  });

  test.each([
    ['{ user(id: "1") { id ... @defer { email } } }', 401, 'UNAUTHENTICATED'],
    ['{ user(id: "1") { id ... @defer { nope } } }', 400, 'BAD_USER_INPUT'],
    ['query ($of: Int!) { user(id: "1") { id } ... @defer { count(of: $of) } }', 400, 'BAD_USER_INPUT'],
    ['mutation { ... @defer { add(input: { name: "x" }) } }', 400, 'BAD_USER_INPUT'],
    ['mutation { ...M } fragment M on Mutation { ... @defer { broken } }', 400, 'BAD_USER_INPUT'],
    ['subscription { chatEvents { cursor ... @defer { kind } } }', 400, 'BAD_USER_INPUT'],
    ['{ ... @defer(label: "a") { twin } ... @defer(label: "a") { mediaLimits } }', 400, 'BAD_USER_INPUT'],
    ['query ($l: String) { ... @defer(label: $l) { twin } }', 400, 'BAD_USER_INPUT'],
    ['{ twin @defer }', 400, 'BAD_USER_INPUT'],
    [
      `{ user(id: "1") { ${'...F '.repeat(3000)} } } fragment F on User { ... @defer { id } }`,
      400,
      'BAD_USER_INPUT',
    ],
    [
      `{ user(id: "1") { ${'friends { ... @defer { '.repeat(20)} id ${'} }'.repeat(20)} } }`,
      400,
      'BAD_USER_INPUT',
    ],
  ])(
    'of the whole operation is answered in JSON before anything has run: %s',
    async (query, status, code) => {
      const stream = await open(query);
      await stream.ended();
      expect(stream.response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
      expect(JSON.parse(stream.state.text), stream.state.text).toMatchObject({
        errors: [{ extensions: { code } }],
      });
      expect(stream.response.status).toBe(status);
      expect(graph.all.flatMap(({ requests }) => requests)).toEqual([]);
    },
  );
});

describe('whoever does not ask for parts', () => {
  const query = '{ user(id: "1") { id ... @defer(label: "later") { postCount } } }';
  const data = { user: { id: '1', postCount: 3 } };

  test.each(['application/json', '*/*', 'multipart/mixed, application/json'])(
    'gets one answer: accept %s',
    async (accepted) => {
      for (const method of ['GET', undefined] as const) {
        const stream = await open(query, {
          accept: accepted,
          ...(method && { method, token: await gateway.token() }),
        });
        await stream.ended();
        expect(JSON.parse(stream.state.text)).toEqual({ data });
      }
    },
  );

  test.each([
    ['text/event-stream', 'event: next\ndata: {"data":{"user":{"id":"1","postCount":3}}}\n\n'],
    ['multipart/mixed;subscriptionSpec=1.0', '{"payload":{"data":{"user":{"id":"1","postCount":3}}}}'],
  ])('gets one answer as a stream: accept %s', async (accepted, text) => {
    const stream = await open(query, { accept: accepted });
    await stream.ended();
    expect(stream.state.text).toContain(text);
  });

  test('gets one answer over a socket', async () => {
    const answers: unknown[] = [];
    for await (const answer of gateway.socket().iterate({ query })) answers.push(answer);
    expect(answers).toEqual([{ data }]);
  });

  test('gets the events of a subscription whole', async () => {
    const events: unknown[] = [];
    gateway.socket().subscribe(
      {
        query: 'subscription ($x: Boolean!) { chatEvents { cursor ... @defer(if: $x) { kind } } }',
        variables: { x: true },
      },
      {
        next: (event) => events.push(event),
        error: (error) => events.push(error),
        complete: () => undefined,
      },
    );
    await until(() => graph.feed.listeners() === 1 || events.length > 0);
    graph.feed.push({ cursor: 'c1', kind: 'K' });
    await until(() => events.length === 1);
    expect(events).toEqual([{ data: { chatEvents: { cursor: 'c1', kind: 'K' } } }]);
  });

  test('gets one answer where nothing is deferred with these variables', async () => {
    const stream = await open('query ($x: Boolean!) { twin ... @defer(if: $x) { mediaLimits } }', {
      variables: { x: false },
    });
    await stream.ended();
    expect(JSON.parse(stream.state.text)).toEqual({ data: { twin: 2, mediaLimits: 4 } });
  });
});

describe('whoever takes nothing but parts', () => {
  const accept = 'multipart/mixed;deferSpec=20220824';
  const invalid = { extensions: { code: 'BAD_USER_INPUT' } };
  const signedOut = { extensions: { code: 'UNAUTHENTICATED' } };

  test.each([
    ['an operation that defers nothing', '{ twin }', { data: { twin: 2 } }],
    ['one whose fragment is not deferred', '{ ... @defer(if: false) { twin } }', { data: { twin: 2 } }],
    [
      'one that fails in part',
      '{ twin fails(code: "CONFLICT") }',
      { data: { twin: 2, fails: null }, errors: [{ extensions: { code: 'CONFLICT' } }] },
    ],
    ['a mutation', 'mutation { add(input: { name: "x" }) }', { data: { add: 1 } }],
    ['one that is not valid', '{ nope ... @defer { twin } }', { errors: [invalid] }],
    ['one that is no document', '{', { errors: [invalid] }],
    ['one that may not be asked for', '{ viewer { id } }', { errors: [signedOut] }],
    ['one whose deferred part may not be', '{ twin ... @defer { viewer { id } } }', { errors: [signedOut] }],
    [
      'one without its variable',
      'query ($of: Int!) { twin ... @defer { count(of: $of) } }',
      { errors: [invalid] },
    ],
    ['a subscription', 'subscription { chatEvents { cursor } }', { errors: [invalid] }],
  ])('gets the answer to %s as the only part', async (_what, query, answer) => {
    const stream = await open(query, { accept });
    await stream.ended();
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";deferSpec=20220824',
    );
    expect(stream.parts(), stream.state.text).toMatchObject([{ ...answer, hasNext: false }]);
    expect(stream.state.text.startsWith(`\r\n--graphql\r\n${head}`)).toBe(true);
    expect(stream.state.text.endsWith('\r\n--graphql--\r\n')).toBe(true);
  });

  test('is asked by Apollo Client, which tells the real error', async () => {
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri: `${gateway.url}/graphql`, headers: { accept } }),
      incrementalHandler: new Defer20220824Handler(),
    });
    const query = gql`
      query {
        twin
        ... @defer {
          viewer {
            id
          }
        }
      }
    `;
    await expect(client.query({ query })).rejects.toThrow('Sign in first');
    client.stop();
  });
});

test('a client that goes away has nothing more done for it', async () => {
  const release = graph.post.holdNext();
  const stream = await open(
    '{ user(id: "1") { id ... @defer { postCount ... @defer { avatar { url } } } } }',
  );
  await until(() => graph.post.requests.length === 1);
  stream.leave();
  await until(() => graph.post.abandoned() === 1, { what: 'what it asked for is given up' });
  release();
  expect((await gateway.query('{ user(id: "1") { postCount } }')).body.data).toEqual({
    user: { postCount: 3 },
  });
  expect(graph.media.requests).toEqual([]);
});

test('a gateway that drains ends what it has begun', async () => {
  const draining = await startGateway(graph.all);
  const release = graph.post.holdNext();
  const stream = await open('{ user(id: "1") { id ... @defer { postCount } } }', { to: draining });
  await until(() => graph.post.requests.length === 1);
  const drained = draining.drain();
  await until(async () => (await fetch(`${draining.url}/readyz`).catch(() => null))?.status !== 200);
  expect(stream.state.ended).toBe(false);
  release();
  await stream.ended();
  await drained;
  expect(stream.parts().at(-1)).toEqual({
    incremental: [{ data: { postCount: 3 }, path: ['user'] }],
    hasNext: false,
  });
  await draining.stop();
});

test('the schema tells of @defer', async () => {
  const { body } = await gateway.query('{ __schema { directives { name locations args { name } } } }');
  const told = body.data as { __schema: { directives: unknown[] } };
  expect(told.__schema.directives).toContainEqual({
    name: 'defer',
    locations: ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
    args: [{ name: 'if' }, { name: 'label' }],
  });
});

test('Apollo Client shows what is there, then the rest', async () => {
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new HttpLink({ uri: `${gateway.url}/graphql` }),
    incrementalHandler: new Defer20220824Handler(),
  });
  const release = graph.post.holdNext();
  const seen: unknown[] = [];
  const query = gql`
    query {
      user(id: "1") { id friends { id ... @defer { displayName } } ... @defer { postCount } }
    }
  `;
  const watched = client.watchQuery({ query }).subscribe(({ data, dataState }) => {
    if (data) seen.push(JSON.parse(JSON.stringify({ data, dataState })));
  });
  await until(() => seen.length > 1);
  release();
  await until(() => JSON.stringify(seen.at(-1)).includes('"complete"'), { what: 'all is there' });
  const user = (data: object, friends: object[]) => ({
    user: {
      __typename: 'User',
      id: '1',
      ...data,
      friends: friends.map((more, i) => ({ __typename: 'User', id: `1${i + 1}`, ...more })),
    },
  });
  const names = [{ displayName: 'User 11' }, { displayName: 'User 12' }];
  expect(seen).toEqual([
    { data: user({}, [{}, {}]), dataState: 'streaming' },
    { data: user({}, names), dataState: 'streaming' },
    { data: user({ postCount: 3 }, names), dataState: 'complete' },
  ]);
  watched.unsubscribe();
  client.stop();
});
