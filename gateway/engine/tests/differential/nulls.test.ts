import { describe, expect, test } from 'vitest';
import { runOurs, runStock } from './gateways.ts';
import { graph, ready, scripted } from './scripted.ts';

// Nulls that an answer accounts for, where stock says that the schema forbids them.

/** Runs an operation against what each subgraph answers, one answer after the other. */
async function run(loaded: ReturnType<typeof graph>, text: string, answers: Record<string, unknown[]>) {
  const prepared = ready(loaded, text);
  const with_ = () =>
    Object.fromEntries(Object.entries(answers).map(([name, list]) => [name, scripted(...list).answer]));
  const { data, errors } = await runOurs(loaded, prepared, {}, with_());
  const stock = await runStock(loaded, prepared, {}, with_());
  // Whatever is said of it, what is null is null by both.
  expect(data).toEqual(stock.data);
  return { data, errors };
}

const codes = (errors: { path: string; code: unknown }[]) =>
  errors.map(({ path, code }) => `${path} ${code}`);

describe('a reference to what is not there', () => {
  const loaded = graph({
    a: `type Query { m: M ms: [M!]! must: M! strict: U! } type M { id: ID! sender: U members: [U!] owner: U! others: [U] }
        type U @key(fields: "id") { id: ID! }`,
    b: `type U @key(fields: "id") { id: ID! name: String! bio: String sku: String! }`,
    c: 'type U @key(fields: "id") { id: ID! rank: Int! colour: String }',
    d: 'type U @key(fields: "id") { id: ID! sku: String! @external price: Int! @requires(fields: "sku") }',
  });
  const u = (id = '1') => ({ __typename: 'U', id });
  const gone = { data: { _entities: [null] } };

  test.each<[string, string, unknown, unknown]>([
    [
      'is null itself',
      '{ m { id sender { id name } } }',
      { m: { id: 'm', sender: u() } },
      { m: { id: 'm', sender: null } },
    ],
    [
      'is null beside others in a list',
      '{ m { others { name } } }',
      { m: { others: [u()] } },
      { m: { others: [null] } },
    ],
    [
      'takes a list that may not hold null with it',
      '{ m { members { name } } }',
      { m: { members: [u()] } },
      { m: { members: null } },
    ],
    [
      'takes its parent with it where it has to',
      '{ m { owner { name } } }',
      { m: { owner: u() } },
      { m: null },
    ],
    [
      'of which nothing is asked that may not be null has no more than its id',
      '{ m { sender { id bio } } }',
      { m: { sender: u() } },
      { m: { sender: { id: '1', bio: null } } },
    ],
    [
      'is null, too, for what would have to be told of it',
      '{ m { sender { price } } }',
      { m: { sender: u() } },
      { m: { sender: null } },
    ],
    [
      'is null under whatever key',
      '{ m { sender { nick: name } } }',
      { m: { sender: u() } },
      { m: { sender: null } },
    ],
  ])('%s, without an error', async (_what, text, fromA, expected) => {
    const { data, errors } = await run(loaded, text, { a: [{ data: fromA }], b: [gone], d: [] });
    expect({ data, errors }).toEqual({ data: expected, errors: [] });
  });

  test('that only another subgraph does not know is null where what that one has may not be', async () => {
    const c = { data: { _entities: [{ rank: 1, colour: 'red' }] } };
    const answers = { a: [{ data: { m: { sender: u() } } }], b: [gone], c: [c] };
    const { data, errors } = await run(loaded, '{ m { sender { name rank } } }', answers);
    expect({ data, errors }).toEqual({ data: { m: { sender: null } }, errors: [] });
    const partly = await run(loaded, '{ m { sender { bio rank colour } } }', answers);
    expect(partly).toEqual({ data: { m: { sender: { bio: null, rank: 1, colour: 'red' } } }, errors: [] });
  });

  test.each([
    ['must', '{ must { owner { name } } }', { must: { owner: u() } }, 'must.owner'],
    ['strict', '{ strict { name } m { id } }', { strict: u(), m: { id: 'm' } }, 'strict'],
    ['a list', '{ ms { owner { name } } }', { ms: [{ owner: u() }] }, 'ms.0.owner'],
  ])(
    'is an error, NOT_FOUND, when the whole answer is null for it (%s)',
    async (_where, text, fromA, path) => {
      const { data, errors } = await run(loaded, text, { a: [{ data: fromA }], b: [gone] });
      expect(data).toBeNull();
      expect(errors).toEqual([{ message: 'Not found', path, code: 'NOT_FOUND' }]);
    },
  );

  test('accounts for nothing but what its own subgraph has', async () => {
    // `c` knows the entity and leaves out what may not be null.
    const answers = {
      a: [{ data: { m: { sender: u() } } }],
      b: [gone],
      c: [{ data: { _entities: [{ colour: 'red' }] } }],
    };
    const { data, errors } = await run(loaded, '{ m { sender { bio rank colour } } }', answers);
    expect(data).toEqual({ m: { sender: null } });
    expect(codes(errors)).toEqual(['m.sender.rank INTERNAL_SERVER_ERROR']);
  });

  test('which failed is told of by its own error alone', async () => {
    const failed = {
      data: { _entities: [null] },
      errors: [{ message: 'no', path: ['_entities', 0, 'sku'], extensions: { code: 'BROKEN' } }],
    };
    const answers = { a: [{ data: { m: { sender: u() } } }], b: [failed] };
    const { data, errors } = await run(loaded, '{ m { sender { name sku } } }', answers);
    expect(data).toEqual({ m: { sender: null } });
    expect(codes(errors)).toEqual(['m.sender.sku BROKEN']);
  });
});

describe('a reference of which one subgraph alone knows more than its key', () => {
  const loaded = graph({
    a: `type Query { node: Node nodes: [Node]! m: M } interface Node { id: ID! } type M { id: ID! must: [U!] may: U half: V }
        type U implements Node @key(fields: "id", resolvable: false) { id: ID! }
        type V implements Node @key(fields: "id", resolvable: false) { id: ID! said: Int @shareable }`,
    b: `interface Node { id: ID! } type U implements Node @key(fields: "id") { id: ID! bio: String name: String! }
        type V implements Node @key(fields: "id") { id: ID! said: Int @shareable bio: String }`,
  });
  const of = (__typename: string) => ({ __typename, id: '1' });
  const gone = { data: { _entities: [null] } };
  const failed = { data: null, errors: [{ message: 'no', extensions: { code: 'BROKEN' } }] };

  test.each<[string, string, unknown, unknown, unknown]>([
    [
      'is null where that one says that there is none',
      '{ node { id ... on U { bio } } }',
      { node: of('U') },
      gone,
      { node: null },
    ],
    [
      'is null in a list that may hold null',
      '{ nodes { id ... on U { bio } } }',
      { nodes: [of('U')] },
      gone,
      { nodes: [null] },
    ],
    ['is null as a field', '{ m { may { bio } } }', { m: { may: of('U') } }, gone, { m: { may: null } }],
    [
      'is given back where nothing else is asked',
      '{ node { id __typename } }',
      { node: of('U') },
      gone,
      { node: of('U') },
    ],
    [
      'takes nothing with it where it may not be null',
      '{ m { must { id bio } } }',
      { m: { must: [of('U')] } },
      gone,
      { m: { must: [{ id: '1', bio: null }] } },
    ],
    [
      'stays where another subgraph tells of it too',
      '{ m { half { said bio } } }',
      { m: { half: { ...of('V'), said: 1 } } },
      gone,
      { m: { half: { said: 1, bio: null } } },
    ],
    [
      'stays where that one has failed',
      '{ node { id ... on U { bio } } }',
      { node: of('U') },
      failed,
      { node: { id: '1', bio: null } },
    ],
  ])('%s', async (_what, text, fromA, fromB, expected) => {
    const answers = { a: scripted({ data: fromA }).answer, b: scripted(fromB).answer };
    const { data, errors } = await runOurs(loaded, ready(loaded, text), {}, answers);
    expect(data).toEqual(expected);
    expect(errors).toHaveLength(fromB === failed ? 1 : 0);
  });
});

describe('a sibling that fails', () => {
  const loaded = graph({
    a: `type Query { page(first: Int): P! maybe: P } type Mutation { make(text: String): P! } type P { n: Int }`,
  });
  const bad = (path: string) => ({
    data: null,
    errors: [{ message: 'too many', path: [path], extensions: { code: 'BAD_USER_INPUT' } }],
  });

  test.each([
    ['in a query', '{ a: page(first: 1) { n } b: page(first: 500) { n } maybe { n } }'],
    ['in a mutation', 'mutation { a: make(text: "x") { n } b: make { n } }'],
  ])('gives the innocent one no error (%s)', async (_where, text) => {
    const { data, errors } = await run(loaded, text, { a: [bad('b')] });
    expect(data).toBeNull();
    expect(codes(errors)).toEqual(['b BAD_USER_INPUT']);
  });

  test('gives none to what its null took with it, though another subgraph has more of the parent', async () => {
    const shared = graph({
      a: 'type Query { p: V @shareable x: Int } type V @shareable { a: Int! b: Int! c: Int }',
      b: 'type Query { p: V @shareable y: Int } type V @shareable { c: Int d: Int! }',
    });
    const fromA = {
      data: { p: null },
      errors: [{ message: 'no', path: ['p', 'b'], extensions: { code: 'BROKEN' } }],
    };
    const answers = { a: [fromA], b: [{ data: { p: { d: 4 } } }] };
    const { data, errors } = await run(shared, '{ p { a b d } }', answers);
    expect(data).toEqual({ p: null });
    expect(codes(errors)).toEqual(['p.b BROKEN']);
  });

  test('does not speak for what fails by itself', async () => {
    const answers = { a: [{ data: { maybe: null, page: null } }] };
    const { data, errors } = await run(loaded, '{ maybe { n } page { n } }', answers);
    expect(data).toBeNull();
    expect(codes(errors)).toEqual(['page INTERNAL_SERVER_ERROR']);
  });

  test('a subgraph that gives nothing and says nothing has failed', async () => {
    const { data, errors } = await run(loaded, '{ page { n } }', { a: [{ data: null }] });
    expect(data).toBeNull();
    expect(codes(errors)).toEqual(['page INTERNAL_SERVER_ERROR']);
  });
});

test('a field that may be null and is left out is null without an error, as stock has it', async () => {
  const loaded = graph({ a: 'type Query { s: String t: T l: [Int] } type T { n: Int o: T }' });
  const { data, errors } = await run(loaded, '{ s t { n o { n } } l }', { a: [{ data: { t: {} } }] });
  expect({ data, errors }).toEqual({ data: { s: null, t: { n: null, o: null }, l: null }, errors: [] });
});
