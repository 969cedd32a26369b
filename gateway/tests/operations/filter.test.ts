import { until } from '@socialhub/platform/testing/until';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// The gateway with UNAUTHORIZED=filter; what its default refuses is in http.test.ts.

let graph: FixtureGraph;
let gateway: TestGateway;
let member: string;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { UNAUTHORIZED: 'filter' });
  member = await gateway.token();
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

beforeEach(() => {
  for (const subgraph of graph.all) subgraph.requests.length = 0;
});

/** Where nulls stand for what was refused, with the codes. */
const refusals = (errors: readonly { path?: unknown; extensions?: Record<string, unknown> }[] = []) =>
  errors.map(({ path, extensions }) => `${(path as string[]).join('.')} ${extensions?.code}`);

const askedOf = (name: 'user' | 'chat') => graph[name].requests.map(({ query }) => query).join();

describe('what a caller may not have is null and an error at its place, and the rest is answered', () => {
  test.each([
    [
      'a field',
      '{ user(id: "1") { displayName mail: email } }',
      { user: { displayName: 'User 1', mail: null } },
      'user.mail',
    ],
    [
      'an object',
      '{ thing { ... on User { id } ... on Vault { gold } } viewer { id } }',
      { thing: { id: '1' }, viewer: null },
      'viewer',
    ],
    ['a scalar', '{ count(of: 1) secret }', { count: 1, secret: null }, 'secret'],
    ['an enum', '{ count(of: 1) level }', { count: 1, level: null }, 'level'],
  ])('for %s', async (_what, query, data, path) => {
    const { status, body } = await gateway.query(query);
    expect(status).toBe(200);
    expect(body.data).toEqual(data);
    expect(refusals(body.errors)).toEqual([`${path} UNAUTHENTICATED`]);
  });

  test('each object behind an interface by its own type', async () => {
    const { body } = await gateway.query('{ nodes { __typename id ... on User { displayName } } }');
    expect(body.data).toEqual({ nodes: null });
    expect(refusals(body.errors)).toEqual(['nodes.1.id UNAUTHENTICATED']);
    const spread = await gateway.query('{ nodes { __typename ... on User { id } ... on Vault { gold } } }');
    expect(spread.body.data).toEqual({
      nodes: [
        { __typename: 'User', id: '1' },
        { __typename: 'Vault', gold: null },
      ],
    });
    expect(refusals(spread.body.errors)).toEqual(['nodes.1.gold UNAUTHENTICATED']);
    expect(askedOf('user')).not.toContain('gold');
  });

  test('by what the caller is: for somebody signed in it is FORBIDDEN, for somebody with the scope nothing', async () => {
    const query = '{ level admin forNobody viewer { email } }';
    const { body } = await gateway.query(query, { token: member });
    expect(body.data).toEqual({
      level: null,
      admin: null,
      forNobody: null,
      viewer: { email: '1@example.org' },
    });
    expect(refusals(body.errors)).toEqual(['level FORBIDDEN', 'admin FORBIDDEN', 'forNobody FORBIDDEN']);
    const admin = await gateway.token({ claims: { role: 'ADMIN' } });
    const allowed = await gateway.query(query, { token: admin });
    expect(refusals(allowed.body.errors)).toEqual(['forNobody FORBIDDEN']);
  });
});

test('what is refused is not asked of a subgraph, and nothing is where nothing is left', async () => {
  await gateway.query('{ user(id: "1") { displayName email } }');
  expect(askedOf('user')).toContain('displayName');
  expect(askedOf('user')).not.toContain('email');
  graph.user.requests.length = 0;
  const { body } = await gateway.query('{ viewer { id } secret }');
  expect(body.data).toEqual({ viewer: null, secret: null });
  expect(graph.user.requests).toEqual([]);
});

test('what a condition leaves out is not told of', async () => {
  const query = 'query ($all: Boolean!) { user(id: "1") { id email @include(if: $all) } }';
  const { body } = await gateway.query(query, { variables: { all: false } });
  expect(body).toEqual({ data: { user: { id: '1' } } });
  expect(refusals((await gateway.query(query, { variables: { all: true } })).body.errors)).toHaveLength(1);
});

test('callers get what is theirs, one after the other, of the same operation', async () => {
  const query = '{ user(id: "1") { email } }';
  const mail = async (token?: string) => (await gateway.query(query, token ? { token } : {})).body.data;
  const theirs = { user: { email: '1@example.org' } };
  const nobodys = { user: { email: null } };
  expect([await mail(member), await mail(), await mail(member), await mail()]).toEqual([
    theirs,
    nobodys,
    theirs,
    nobodys,
  ]);
});

test('introspection is as ever', async () => {
  const open = await startGateway(graph.all, { UNAUTHORIZED: 'filter', INTROSPECTION: 'true' });
  const { body } = await open.query('{ __type(name: "Vault") { fields { name } } secret }');
  expect(body.data).toEqual({ __type: { fields: [{ name: 'id' }, { name: 'gold' }] }, secret: null });
  await open.stop();
});

describe('over WebSocket', () => {
  async function collect(query: string, token?: string) {
    const before = graph.feed.listeners();
    const results: ExecutionResult[] = [];
    const ended: { error?: unknown } = {};
    const stop = gateway.socket(token ? { token } : {}).subscribe(
      { query },
      {
        next: (result) => results.push(result as ExecutionResult),
        error: (error) => {
          ended.error = error;
        },
        complete() {},
      },
    );
    await until(() => graph.feed.listeners() > before || ended.error || results.length > 0);
    return { results, ended, stop };
  }

  test('a query is answered in the same way', async () => {
    const { results } = await collect('{ user(id: "1") { id email } }');
    expect(results[0]?.data).toEqual({ user: { id: '1', email: null } });
    expect(refusals(results[0]?.errors)).toEqual(['user.email UNAUTHENTICATED']);
  });

  test('every event of a subscription is, for each subscriber as that one may', async () => {
    const query = 'subscription { chatEvents { message { text sender { displayName email } } } }';
    const nobody = await collect(query);
    const somebody = await collect(query, member);
    for (const id of ['1', '2']) {
      graph.feed.push({ cursor: id, kind: 'm', message: { id, text: `t${id}`, sender: { id: '7' } } });
    }
    await until(() => nobody.results.length === 2 && somebody.results.length === 2);
    const sender = (results: ExecutionResult[]) =>
      results.map(
        ({ data }) => (data as { chatEvents: { message: { sender: unknown } } }).chatEvents.message.sender,
      );
    expect(sender(nobody.results)).toEqual(Array(2).fill({ displayName: 'User 7', email: null }));
    expect(refusals(nobody.results[1]?.errors)).toEqual(['chatEvents.message.sender.email UNAUTHENTICATED']);
    expect(sender(somebody.results)).toEqual(
      Array(2).fill({ displayName: 'User 7', email: '7@example.org' }),
    );
    expect(somebody.results[1]?.errors).toBeUndefined();
    nobody.stop();
    somebody.stop();
    await until(() => graph.feed.listeners() === 0);
  });

  test('a subscription whose events are refused altogether does not start', async () => {
    const { ended } = await collect('subscription { mine { kind } }');
    expect(ended.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(graph.feed.listeners()).toBe(0);
  });
});
