import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// What was wrong with a request was said once for each wrong part, with all of the request in it each time.

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { INTROSPECTION: 'true', NODE_ENV: 'development' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

const maxAnswerBytes = 16_000;
const many = 20_000;
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const names = (count: number, name: string, value: unknown = 1) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}`, value]));
const unknownFields = Object.keys(names(1000, 'displayNam')).join(' ');

const add = 'mutation ($input: AddInput!) { add(input: $input) }';
const pick = 'query ($ids: [ID!]!) { pick(ids: $ids) }';
const text = 'x'.repeat(800_000);

/** Each is small enough to be let in, and wrong in as many places as fit. */
const hostile: Record<string, { query: string; variables?: unknown }> = {
  'unknown fields of an input, by the thousand': { query: add, variables: { input: names(many, 'nam') } },
  'an unknown field with a long name': { query: add, variables: { input: { [text]: 1 } } },
  'a text of the wrong kind': { query: 'query ($of: Int!) { count(of: $of) }', variables: { of: text } },
  'objects for ids, by the thousand': { query: pick, variables: { ids: Array(300_000).fill({}) } },
  'nulls for ids, by the thousand': { query: pick, variables: { ids: Array(150_000).fill(null) } },
  'an object for a list': { query: pick, variables: { ids: names(many, 'a') } },
  'lists in lists': { query: pick, variables: { ids: nested(2000) } },
  'values nested as deep as a body allows': {
    query: pick,
    variables: `${'['.repeat(400_000)}${']'.repeat(400_000)}`,
  },
  'a prototype': { query: add, variables: '{"__proto__":{"input":{}},"constructor":1}' },
  'a variable that is named after the prototype': {
    query: 'query ($__proto__: Boolean!) { viewer @include(if: $__proto__) { id } }',
    variables: '{"__proto__":true}',
  },
  'fields that are not there': { query: `{ user(id: 1) { ${unknownFields} } }` },
  'a field with a long name': { query: `{ ${text} }` },
  'arguments that are not there': { query: `{ count(${'off: 1 '.repeat(900)}) }` },
  'a list of junk': { query: `{ pick(ids: [${'{} '.repeat(1900)}]) }` },
  'a long text of the wrong kind': { query: `{ count(of: "${text}") }` },
  'unknown fields of a literal': {
    query: `mutation { add(input: { ${Object.keys(names(900, 'nam')).join(': 1 ')}: 1 }) }`,
  },
  'variables that nobody uses': {
    query: `query (${Array.from({ length: 900 }, (_, at) => `$v${at}: ID`).join(' ')}) { count(of: 1) }`,
  },
  'types that are not there': {
    query: `query (${Array.from({ length: 900 }, (_, at) => `$v${at}: Use${at}`).join(' ')}) { count(of: 1) }`,
  },
  'fields that contradict each other': {
    query: `{ ${Array.from({ length: 20 }, (_, at) => `count(of: ${at})`).join(' ')} }`,
  },
};

const bodyOf = ({ query, variables }: (typeof hostile)[string]) =>
  typeof variables === 'string'
    ? `{"query":${JSON.stringify(query)},"variables":${variables.startsWith('{') ? variables : `{"ids":${variables}}`}}`
    : JSON.stringify({ query, variables });

const codes = (errors: readonly { extensions: Record<string, unknown> }[] = []) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
];

describe('what is wrong is said in few words and few errors, whatever is sent', () => {
  test.each(Object.keys(hostile))('of %s', async (name) => {
    const body = bodyOf(hostile[name] ?? { query: '' });
    expect(body.length).toBeLessThan(1_000_000);
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const answer = await gateway.post(body, { accept });
      expect(answer.text.length).toBeLessThan(maxAnswerBytes);
      expect(codes(answer.body.errors)).toEqual(['BAD_USER_INPUT']);
      expect(answer.body.errors?.length).toBeLessThanOrEqual(11);
      expect(answer.body.data).toBeUndefined();
    }
  });

  test('also where the operation is known', async () => {
    const accept = 'application/json';
    await gateway.post({ query: add, variables: { input: { name: 'x' } } }, { accept });
    const fine = await gateway.post({ query: add, variables: { input: { name: 'x' } } }, { accept });
    expect(fine.body.data).toEqual({ add: 1 });
    const answer = await gateway.post({ query: add, variables: { input: names(2000, 'nam') } }, { accept });
    expect(codes(answer.body.errors)).toEqual(['BAD_USER_INPUT']);
    expect(answer.text.length).toBeLessThan(4000);
  });
});

describe('over streams', () => {
  test.each([
    'unknown fields of an input, by the thousand',
    'objects for ids, by the thousand',
    'a list of junk',
    'fields that are not there',
    'values nested as deep as a body allows',
  ])('%s are answered as briefly as events', async (name) => {
    const answer = await gateway.post(bodyOf(hostile[name] ?? { query: '' }), {
      accept: 'text/event-stream',
    });
    expect(answer.text).toContain('BAD_USER_INPUT');
    expect(answer.text.length).toBeLessThan(maxAnswerBytes);
  });

  test('a subscription with variables that do not fit is refused as briefly', async () => {
    const body = JSON.stringify({
      query: 'subscription ($after: String) { chatEvents(after: $after) { cursor } }',
      variables: { after: Array(100_000).fill({}) },
    });
    const answer = await gateway.post(body, { accept: 'text/event-stream' });
    expect(answer.text).toContain('BAD_USER_INPUT');
    expect(answer.text.length).toBeLessThan(maxAnswerBytes);
  });
});

describe('who asks and what it costs comes before what is wrong with the variables', () => {
  const query = 'query ($of: Int!) { viewer { id } count(of: $of) }';

  test('where the operation is new and where it is known', async () => {
    const token = await gateway.token();
    const ask = (of: unknown, authorization?: string) =>
      gateway.post(
        { query, variables: { of } },
        authorization ? { authorization: `Bearer ${authorization}` } : {},
      );
    expect(codes((await ask('many')).body.errors)).toEqual(['UNAUTHENTICATED']);
    await ask(1, token);
    expect(codes((await ask(2, token)).body.errors)).toEqual([]);
    expect(codes((await ask('many', token)).body.errors)).toEqual(['BAD_USER_INPUT']);
    expect(codes((await ask('many')).body.errors)).toEqual(['UNAUTHENTICATED']);
  });
});
