import { buildSchema, GraphQLError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { notFound } from '../src/errors.ts';
import { StreamOverflow } from '../src/events/live.ts';
import { createSubgraphOperations, isErrors, readOperation } from '../src/subgraph/subgraph-operations.ts';

const schema = buildSchema(
  'type Query { twice(of: Int!): Int, sum(of: [Int!]!): Int, missing: Int, broken: Int, text: String, texts: [String!] }',
);
const fields = schema.getQueryType()?.getFields() ?? {};
const resolveBy = (name: string, resolve: (args: { of: number }) => unknown) => {
  if (fields[name]) fields[name].resolve = (_root, args) => resolve(args);
};
resolveBy('twice', ({ of }) => 2 * of);
resolveBy('text', () => 'x'.repeat(600_000));
resolveBy('texts', () => Array(4).fill('x'.repeat(3_000_000)));
resolveBy('missing', () => {
  throw notFound('Number');
});
resolveBy('broken', () => {
  throw new Error('the password is tomato');
});

const log = pino({ level: 'silent' });
const operations = createSubgraphOperations(schema, log);
const run = (query: string, more: object = {}) =>
  operations.run({ query, ...more }, {}, { viewerId: null, signal: new AbortController().signal });
const codeOf = (errors: readonly { extensions?: { code?: unknown } }[] = []) =>
  errors.map((error) => error.extensions?.code);

describe('an operation that a subgraph is asked for', () => {
  it('is answered, with variables and by its name', async () => {
    const query = 'query A($of: Int!) { twice(of: $of) } query B { twice(of: 2) }';
    expect(await run(query, { variables: { of: 21 }, operationName: 'A' })).toEqual({ data: { twice: 42 } });
    expect(await run(query, { operationName: 'B' })).toEqual({ data: { twice: 4 } });
  });

  it('is refused when its answer repeats texts beyond ten million characters, before that is written', async () => {
    const names = (count: number) =>
      `{ ${Array.from({ length: count }, (_, at) => `t${at}: text`).join(' ')} }`;
    const refused = await run(names(17));
    expect(refused.data).toBeNull();
    expect(codeOf(refused.errors)).toEqual(['BAD_USER_INPUT']);
    expect((await run(names(16))).errors).toBeUndefined();
    // Nothing is there twice: what there is has been asked for once.
    expect((await run('{ texts }')).errors).toBeUndefined();
    expect(codeOf((await run('{ all: texts }')).errors)).toEqual(['BAD_USER_INPUT']);
  });

  it('is parsed and validated once for each text', () => {
    const prepared = operations.prepare('{ twice(of: 1) }');
    expect(isErrors(prepared)).toBe(false);
    expect(operations.prepare('{ twice(of: 1) }')).toBe(prepared);
    const refused = operations.prepare('{ thrice }');
    expect(isErrors(refused)).toBe(true);
    expect(operations.prepare('{ thrice }')).toBe(refused);
  });

  it.each([
    ['is no GraphQL', '{', {}],
    ['asks for what is not there', '{ thrice }', {}],
    ['has more tokens than are read', `{ ${'missing '.repeat(20_000)}}`, {}],
    [
      'has a variable that does not fit',
      'query ($of: Int!) { twice(of: $of) }',
      { variables: { of: 'two' } },
    ],
    ['names an operation that is not there', '{ missing }', { operationName: 'Nowhere' }],
  ])('never begins, with BAD_USER_INPUT, when it %s', async (_what, query, more) => {
    const answer = await run(query, more);
    expect(answer).not.toHaveProperty('data');
    expect(codeOf(answer.errors)).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    [
      'a variable of megabytes',
      'query ($of: Int!) { twice(of: $of) }',
      { variables: { of: 'x'.repeat(1e6) } },
    ],
    [
      'unknown fields by the thousand',
      `{ ${Array.from({ length: 5000 }, (_, at) => `twic${at}`).join(' ')} }`,
      {},
    ],
    [
      'wrong items by the thousand',
      'query ($of: [Int!]!) { twice(of: 1) sum(of: $of) }',
      { variables: { of: Array(50_000).fill({}) } },
    ],
    ['a literal of junk', `{ twice(of: [${'{} '.repeat(5000)}]) }`, {}],
  ])('is told in few and short errors of %s', async (_what, query, more) => {
    const answer = await run(query, more);
    expect(new Set(codeOf(answer.errors))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(answer.errors?.length).toBeLessThanOrEqual(11);
    expect(JSON.stringify(answer).length).toBeLessThan(16_000);
  });

  it('leaves with coded errors as they are and with others masked', async () => {
    const answer = await run('{ missing broken }');
    expect(answer.data).toEqual({ missing: null, broken: null });
    expect(codeOf(answer.errors)).toEqual(['NOT_FOUND', 'INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(answer)).not.toContain('tomato');
  });
});

describe('what ends a stream of events', () => {
  // The WebSocket's library gives it without a place, as GraphQL gives the faults of requests.
  const told = (thrown: Error) =>
    operations.format([new GraphQLError(thrown.message, { originalError: thrown })])[0];

  it.each<[string, Error, string]>([
    ['what a client is told', notFound('Archive'), 'NOT_FOUND'],
    ['more events than were taken', new StreamOverflow(), 'UNAVAILABLE'],
    ['a database that goes', Object.assign(new Error('tomato'), { code: '57P01' }), 'UNAVAILABLE'],
    ['a fault of the code', new Error('the password is tomato'), 'INTERNAL_SERVER_ERROR'],
  ])('is told as what it is: %s', (_what, thrown, code) => {
    const error = told(thrown);
    expect(error?.extensions?.code).toBe(code);
    expect(error?.message).not.toContain('tomato');
  });
});

describe("a request's body", () => {
  it('is an operation when it has a query, with or without the rest', () => {
    expect(readOperation(Buffer.from('{"query":"{ a }"}'))).toMatchObject({ query: '{ a }' });
    const whole = { query: '{ a }', variables: { b: 1 }, operationName: 'C' };
    expect(readOperation(Buffer.from(JSON.stringify(whole)))).toEqual(whole);
    expect(readOperation(Buffer.from('{"query":"{ a }","variables":null,"operationName":null}'))).toEqual({
      query: '{ a }',
      variables: null,
      operationName: null,
    });
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    '[]',
    '{}',
    '{"query":7}',
    '{"query":"{ a }","variables":[]}',
    '{"query":"{ a }","variables":"b"}',
    '{"query":"{ a }","operationName":1}',
  ])('is BAD_USER_INPUT when it is %j', (text) => {
    const read = () => readOperation(Buffer.from(text));
    expect(read).toThrow(GraphQLError);
    expect(read).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});
