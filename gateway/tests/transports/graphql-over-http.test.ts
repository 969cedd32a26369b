import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  // Some audits ask for __type.
  gateway = await startGateway(graph.all, { INTROSPECTION: 'true' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

describe("graphql-http's audit of GraphQL over HTTP", () => {
  // What a server MAY do is not held against it: a GET that a browser can send unasked is refused here.
  test.each(serverAudits({ url: () => `${gateway.url}/graphql` }))('$id: $name', async ({ name, fn }) => {
    const result = await fn();
    const why = result.status === 'ok' ? '' : `${result.reason}: ${await result.response.text()}`;
    expect(name.startsWith('MAY') && result.status === 'notice' ? 'ok' : result.status, why).toBe('ok');
  });
});

describe('what the operation itself is refused for', () => {
  const refused: [string, number, object][] = [
    ['a query that does not parse', 400, { query: '{ mediaLimits ' }],
    ['an unknown field', 400, { query: '{ nope }' }],
    [
      'a variable that does not fit',
      400,
      { query: 'query ($n: Int!) { count(of: $n) }', variables: { n: 'x' } },
    ],
    ['an operation that is not there', 400, { query: 'query A { mediaLimits }', operationName: 'B' }],
    ['a limit', 400, { query: `{ ${'mediaLimits '.repeat(21)} }` }],
    ['a sign-in', 401, { query: '{ viewer { id } }' }],
  ];
  test.each(refused)('is told by the status %s: %i', async (_what, status, body) => {
    for (const accept of [
      'application/graphql-response+json',
      'application/graphql-response+json, application/json;q=0.9',
    ]) {
      const answer = await gateway.post(body, { accept });
      expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
      expect(answer.status).toBe(status);
      expect(answer.body).not.toHaveProperty('data');
    }
    for (const accept of ['application/json', '*/*', '']) {
      const answer = await gateway.post(body, { accept });
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.status).toBe(200);
      expect(answer.body).not.toHaveProperty('data');
    }
  });
});

test.each([
  'text/html',
  'text/event-stream;q=0',
  'multipart/mixed;deferSpec=20220824;q=0',
  'multipart/mixed;subscriptionSpec=1.0;q=0',
  'application/json;q=0, application/graphql-response+json;q=0.0',
])('a client that takes no form of answer is told so before anything runs: %s', async (accept) => {
  const before = graph.user.requests.length;
  const { status, body } = await gateway.post(
    { query: 'mutation { rename(id: 1, name: "x") { id } }' },
    { accept },
  );
  expect(status).toBe(406);
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(graph.user.requests.length).toBe(before);
});

test('a request that is not well-formed has its status whatever is accepted', async () => {
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    for (const body of ['{', '[]', '{}', '{"query":1}', '{"query":"{ mediaLimits }","variables":"{}"}']) {
      expect((await gateway.post(body, { accept })).status).toBe(400);
    }
  }
});

test('a page of another site can make a browser send nothing that is answered', async () => {
  const query = encodeURIComponent('{ mediaLimits }');
  expect(
    (await gateway.fetch(`/graphql?query=${query}`, { headers: { accept: 'application/json' } })).status,
  ).toBe(400);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a']) {
    const body = JSON.stringify({ query: '{ mediaLimits }' });
    const init = {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'apollo-require-preflight': 'true' },
    };
    expect((await gateway.fetch('/graphql', init)).status).toBe(415);
  }
});
