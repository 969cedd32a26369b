import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startGateway, type TestGateway, type TestResponse } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// What was let through before takes the fast path, past Apollo Server. Nobody may see which way it was.

let graph: FixtureGraph;
let gateway: TestGateway;
const wholeWay = vi.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { COST_PER_OPERATION: '400' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

beforeEach(() => {
  wholeWay.mockClear();
});

const seen = ({ status, headers, text }: TestResponse) => {
  const { 'x-request-id': _id, date: _date, ...others } = Object.fromEntries(headers);
  return { status, headers: others, text };
};

const types = { 'as JSON': 'application/json', 'as a GraphQL response': 'application/graphql-response+json' };

describe.each(Object.entries(types))(
  'the same answer, %s, comes from Apollo Server and by the fast path',
  (_name, accept) => {
    const cases: Record<
      string,
      { query: string; variables?: object; operationName?: string; token?: boolean }
    > = {
      'with data of several subgraphs': { query: '{ posts { text author { displayName avatar { url } } } }' },
      'with variables and a name': {
        query: 'query A($id: ID!) { user(id: $id) { displayName } } query B { mediaLimits }',
        variables: { id: '7' },
        operationName: 'A',
      },
      'with conditions': {
        query: 'query ($no: Boolean!) { mediaLimits @skip(if: $no) twin }',
        variables: { no: true },
      },
      'with an error of a subgraph whose code is public': {
        query: '{ fails(code: "NOT_FOUND", text: "gone") }',
      },
      'with an error of a subgraph that nobody may read': { query: '{ fails(text: "secret") mediaLimits }' },
      'of a mutation': { query: 'mutation { rename(id: "1", name: "x") { displayName } }' },
      'of a mutation that fails': { query: 'mutation { broken }' },
      'of somebody who is signed in': { query: '{ viewer { id email } }', token: true },
      'with introspection of one type': { query: '{ __typename }' },
    };
    test.each(Object.entries(cases))('%s', async (_case, { token, ...known }) => {
      // A text that is not known yet.
      const ask = { ...known, query: `${known.query} # ${accept}` };
      const headers = { accept, ...(token && { authorization: `Bearer ${await gateway.token()}` }) };
      const first = await gateway.post(ask, headers);
      expect(wholeWay).toHaveBeenCalledTimes(1);
      const second = await gateway.post(ask, headers);
      expect(wholeWay).toHaveBeenCalledTimes(1);
      expect(seen(second)).toEqual(seen(first));
      expect(second.body.data ?? second.body.errors).toBeTruthy();
    });
  },
);

describe('an operation that is known is still refused', () => {
  test('to whoever may not ask for it', async () => {
    const query = '{ viewer { id } }';
    const token = await gateway.token();
    await gateway.query(query, { token });
    await gateway.query(query, { token });
    expect(wholeWay).toHaveBeenCalledTimes(1);
    const accept = { accept: 'application/graphql-response+json' };
    await gateway.post({ query }, { ...accept, authorization: `Bearer ${token}` });
    const refused = await gateway.post({ query }, accept);
    expect(refused.status).toBe(401);
    expect(refused.body).toEqual({
      errors: [
        { message: expect.stringContaining('Sign in first'), extensions: { code: 'UNAUTHENTICATED' } },
      ],
    });
  });

  test.each(Object.entries(types))(
    'when its variables are wrong, in the same words, %s',
    async (_name, accept) => {
      const query = `query ($of: Int!) { count(of: $of) } # ${accept}`;
      const ask = (of: unknown) => gateway.post({ query, variables: { of } }, { accept });
      const first = await ask('many');
      expect(first.body.errors?.[0]).toMatchObject({
        message: expect.stringContaining('got invalid value'),
        extensions: { code: 'BAD_USER_INPUT' },
      });
      await ask(1);
      const before = wholeWay.mock.calls.length;
      expect(seen(await ask('many'))).toEqual(seen(first));
      expect(wholeWay).toHaveBeenCalledTimes(before);
    },
  );

  test('when its variables make it cost too much', async () => {
    const accept = { accept: 'application/graphql-response+json' };
    const query = 'query ($yes: Boolean!) { posts { id author @include(if: $yes) { id avatar { url } } } }';
    await gateway.post({ query, variables: { yes: false } }, accept);
    await gateway.post({ query, variables: { yes: false } }, accept);
    expect(wholeWay).toHaveBeenCalledTimes(1);
  });
});

test('a known operation passes Apollo Server again when the schema has changed', async () => {
  const query = '{ twin mediaLimits }';
  await gateway.query(query);
  await gateway.query(query);
  expect(wholeWay).toHaveBeenCalledTimes(1);
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(gateway.supergraphFile, 'utf8');
  await gateway.replaceSupergraph(text.replace(/\btwin\b/g, 'twin2'));
  await vi.waitFor(async () => {
    const { body } = await gateway.query(query);
    expect(body.errors?.[0]?.message).toContain('Cannot query field');
  }, 10_000);
});

test('the access log tells of operations on the fast path what it tells of others', async () => {
  const query = 'query Named { mediaLimits }';
  const lines = () =>
    gateway.logged
      .map((line) => JSON.parse(line))
      .filter(({ operation }) => operation === 'Named')
      .map(({ time: _time, ms: _ms, requestId: _id, ...line }) => line);
  await gateway.query(query);
  await gateway.query(query);
  await vi.waitFor(() => expect(lines()).toHaveLength(2));
  expect(wholeWay).toHaveBeenCalledTimes(1);
  expect(lines()[1]).toEqual(lines()[0]);
});
