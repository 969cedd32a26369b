import { buildSchema, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createPriceOperation } from './cost.ts';
import { readCosts } from './cost-directives.ts';

const sdl = `
  schema
    @link(url: "https://specs.apollo.dev/link/v1.0")
    @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", { name: "@listSize", as: "@sized" }])
  { query: Query  mutation: Mutation  subscription: Subscription }
  directive @link(url: String!, import: [Import]) repeatable on SCHEMA
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | SCALAR | ENUM | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
  directive @sized(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  scalar Import
  type Query {
    leaf: Int
    dear: Int @cost(weight: 7)
    book: Book
    books: [Book!]!
    five: [Book!] @sized(assumedSize: 5)
    sliced(first: Int, last: Int, ids: [ID!]): [Book!] @sized(slicingArguments: ["first", "last", "ids"])
    loose(first: Int, in: Page): [Book!]
      @sized(slicingArguments: ["first", "in.size"], assumedSize: 3, requireOneSlicingArgument: false)
    shelf: Shelf @sized(assumedSize: 4, sizedFields: ["rows"])
    deep(first: Int!): Wrapper @sized(slicingArguments: ["first"], sizedFields: ["shelf { rows }"])
    page(first: Int = 20, after: String): Connection!
    top(first: Int = 2): [Book!]
    search(text: String @cost(weight: 3), filter: Filter, many: [Filter!]): Int
    level: Level
    thing: Thing
  }
  type Mutation { add(book: NewBook!): Book  touch: Int }
  type Subscription { added: Book }
  interface Thing { id: ID! }
  type Book implements Thing { id: ID!  author: Author  tags: [String!]!  others: [Book!] }
  type Author @cost(weight: 5) { name: String }
  type Shelf { rows: [Book!] }
  type Wrapper { shelf: Shelf }
  type Connection { edges: [Edge!]!  pageInfo: PageInfo!  totalCount: Int }
  type Edge { node: Book }
  type PageInfo { end: String }
  enum Level @cost(weight: 2) { LOW HIGH }
  input Page { size: Int }
  input Filter { exact: Int @cost(weight: 4)  inner: Filter }
  input NewBook { title: String }
`;
const schema = buildSchema(sdl);
/** Objects alone, so that the sums are easily told. */
const ofObjects = { listSize: 10, operation: 0, rootField: 0, mutation: 10, leaf: 0, introspection: 500 };
const price = createPriceOperation(schema, readCosts(parse(sdl)), ofObjects);
const priceAll = createPriceOperation(schema, readCosts(parse(sdl)));

function costOf(query: string, variables: Record<string, unknown> = {}, by = price): number {
  const { definitions } = parse(query);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of definitions) if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
  const operation = definitions.find(
    (node) => node.kind === 'OperationDefinition',
  ) as OperationDefinitionNode;
  return by({ operation, fragments, variables });
}

describe('an operation costs 100, a field of its root 100 beside what it gives, a leaf a tenth of an object:', () => {
  test.each<[number, string]>([
    [101, '{ __typename }'],
    [201, '{ leaf }'],
    [202, '{ book { id } }'],
    [302, '{ leaf book { id } }'],
    [302, '{ ...F } fragment F on Query { leaf book { id } }'],
    // A list of leaves is 10 long where nothing is known of it.
    [202, '{ book { tags } }'],
    [204, `{ book { ${Array.from({ length: 30 }, (_, at) => `a${at}: id`).join(' ')} } }`],
    [204, `{ book { ${Array.from({ length: 30 }, (_, at) => `a${at}: __typename`).join(' ')} } }`],
    // 1 of the connection, and 100 times an edge, a node and 30 leaves.
    [
      701,
      `{ page(first: 100) { edges { node { ${Array.from({ length: 30 }, (_, at) => `a${at}: id`).join(' ')} } } } }`,
    ],
    // What `@cost` says stands for all of a field, and for the leaf that it gives.
    [107, '{ dear }'],
    [202, '{ level }'],
    // 2 fields, and this schema with those of introspection has as many fields as 104.
    [621, '{ __schema { types { name } } }'],
    [
      642,
      '{ __schema { ...F } } fragment F on __Schema { types { ... on __Type { name kind description } } }',
    ],
    [1601, 'mutation { touch }'],
    [3101, 'mutation { a: touch b: touch }'],
    [202, 'subscription { added { id } }'],
  ])('%i: %s', (cost, query) => expect(costOf(query, {}, priceAll)).toBe(cost));
});

describe('an operation costs of objects', () => {
  test.each<[number, string]>([
    [0, '{ leaf __typename }'],
    [7, '{ dear }'],
    [1, '{ book { id tags } }'],
    [6, '{ book { author { name } } }'],
    [2, '{ level }'],
    [1, '{ thing { id } }'],
    [10, 'mutation { touch }'],
    [12, 'mutation { add(book: { title: "x" }) { id } }'],
    [1, 'subscription { added { id } }'],
    [500, '{ __schema { types { fields { name } } } }'],
    [1000, '{ a: __schema { types { name } } __type(name: "T") { name } }'],
  ])('%i: %s', (cost, query) => expect(costOf(query)).toBe(cost));

  test('what its fragments hold, wherever they are', () => {
    expect(
      costOf(
        '{ ...F ... on Query { book { ...G } } } fragment F on Query { book { id } } fragment G on Book { author { name } }',
      ),
    ).toBe(7);
    expect(costOf('{ thing { ... on Book { author { name } } } }')).toBe(6);
  });

  test('nothing for what a condition leaves out', () => {
    const query =
      'query ($no: Boolean = true) { book @skip(if: $no) { id } a: book @include(if: false) { id } dear }';
    expect(costOf(query)).toBe(7);
    expect(costOf(query, { no: false })).toBe(8);
  });
});

describe('a list costs what is in it as often as it is long:', () => {
  test.each<[number, string, Record<string, unknown>?]>([
    [10, '{ books { id } }'],
    [110, '{ books { others { id } } }'],
    [5, '{ five { id } }'],
    [30, '{ five { author { name } } }'],
    [3, '{ sliced(first: 3) { id } }'],
    [8, 'query ($n: Int!) { sliced(first: $n) { id } }', { n: 8 }],
    [4, 'query ($n: Int = 4) { sliced(first: $n) { id } }'],
    [2, '{ sliced(ids: ["a", "b"]) { id } }'],
    [3, 'query ($a: ID!) { sliced(ids: ["a", "b", $a]) { id } }', { a: 'x' }],
    [3, '{ loose { id } }'],
    [9, '{ loose(first: 9) { id } }'],
    [7, '{ loose(in: { size: 6 }) { id } }'],
    [12, 'query ($p: Page) { loose(first: 2, in: $p) { id } }', { p: { size: 11 } }],
    [5, '{ shelf { rows { id } } }'],
    [9, '{ deep(first: 7) { shelf { rows { id } } } }'],
    // The connection, its edges, each with a node, and the page info.
    [42, '{ page { edges { node { id } } pageInfo { end } totalCount } }'],
    [7, '{ page(first: 3) { edges { node { id } } } }'],
    [2001, 'query ($n: Int) { page(first: $n) { edges { node { id } } } }', { n: 1000 }],
    [2, '{ top { id } }'],
    [0, '{ top(first: -5) { id } }'],
  ])('%i: %s %o', (cost, query, variables) => expect(costOf(query, variables)).toBe(cost));

  test('and its size is said by exactly one argument where @listSize asks for that', () => {
    for (const query of ['{ sliced { id } }', '{ sliced(first: 1, last: 2) { id } }']) {
      expect(() => costOf(query)).toThrow('sliced takes exactly one of these arguments: first, last, ids');
    }
    expect(() => costOf('query ($n: Int) { sliced(first: $n) { id } }', {})).toThrow('exactly one');
  });

  test('and lists in lists multiply, however many there are', () => {
    expect(costOf('{ page(first: 100) { edges { node { others { others { others { id } } } } } } }')).toBe(
      1 + 100 * (1 + 1 + 10 * (1 + 10 * (1 + 10))),
    );
  });
});

test('arguments cost what their weights say, and input objects 1 each', () => {
  expect(costOf('{ search(text: "x") }')).toBe(3);
  expect(costOf('{ search(text: null) }')).toBe(0);
  expect(costOf('{ search(filter: { exact: 1, inner: { exact: 2 } }) }')).toBe(10);
  expect(costOf('query ($f: Filter) { search(filter: $f) }', { f: { exact: 1 } })).toBe(5);
  expect(costOf('query ($m: [Filter!]) { search(many: $m) }', { m: [{}, {}, {}] })).toBe(3);
});

test('the two directives are found under the names that the feature gives them', () => {
  const named = `
    schema @link(url: "https://specs.apollo.dev/cost/v0.1", as: "price") { query: Query }
    type Query { a: Int @price(weight: 9)  b: [Int] @price__listSize(assumedSize: 2) }`;
  const { weights, lists } = readCosts(parse(named));
  expect([...weights]).toEqual([['Query.a', 9]]);
  expect(lists.get('Query.b')?.assumedSize).toBe(2);
  const { weights: none } = readCosts(parse(named.replace('cost/v0.1', 'other/v0.1')));
  expect(none.size).toBe(0);
});
