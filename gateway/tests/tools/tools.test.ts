import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { breakingChanges } from '../../api-diff.ts';
import { CompositionFailed, compose } from '../../compose.ts';
import { contractFaults } from '../../contract-check.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compose-test-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';

async function composing(
  subgraphs: Record<string, string>,
  version = '=2.14.4',
): Promise<string | readonly string[]> {
  const lines = [`federation_version: ${version}`, 'subgraphs:'];
  for (const [name, sdl] of Object.entries(subgraphs)) {
    await writeFile(join(folder, `${name}.graphql`), sdl);
    lines.push(
      `  ${name}:`,
      `    routing_url: http://${name}/graphql`,
      `    schema: { file: ./${name}.graphql }`,
    );
  }
  const config = join(folder, 'rover.yaml');
  await writeFile(config, lines.join('\n'));
  try {
    return (await compose(config)).supergraph;
  } catch (error) {
    if (error instanceof CompositionFailed) return error.faults;
    throw error;
  }
}

describe('composing', () => {
  test('gives the supergraph that rover.yaml names', async () => {
    const supergraph = await composing({
      a: `${link}type Query { a: Int }`,
      b: `${link}type Query { b: Int }`,
    });
    expect(supergraph).toContain('A @join__graph(name: "a", url: "http://a/graphql")');
    expect(supergraph).toContain('b: Int @join__field(graph: B)');
  });

  test('names subgraph, file and line of what does not fit', async () => {
    const faults = await composing({
      a: `${link}type Query { a: Int }\ntype T @key(fields: "id") {\n  id: ID!\n  n: Int @shareable\n}`,
      b: `${link}type T @key(fields: "id") {\n  id: ID!\n  n: String @shareable\n}`,
    });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/T\.n.*a \(\.\/a\.graphql:5\), b \(\.\/b\.graphql:4\)/s);
  });

  test('names the line of what is not GraphQL, and a version that is not at hand', async () => {
    expect(await composing({ a: 'type Query {\n  a: \n}' })).toEqual([
      expect.stringContaining('./a.graphql:3'),
    ]);
    expect(await composing({ a: 'type Query { a: Int }' }, '=2.0.0')).toEqual([
      expect.stringContaining('=2.0.0'),
    ]);
  });
});

describe('the diff of the API', () => {
  const before = buildSchema('type Query { a(b: Int): Int  c: String }');

  test('finds what breaks clients', async () => {
    expect(await breakingChanges(before, buildSchema('type Query { a(b: Int!): Int }'))).toHaveLength(2);
  });

  test('lets the API grow', async () => {
    const after = buildSchema(
      'type Query { a(b: Int, more: Int = 1): Int  c: String!  d: T }  type T { x: Int }',
    );
    expect(await breakingChanges(before, after)).toEqual([]);
  });
});

describe('holding the API against the contract', () => {
  const contract = buildSchema(`
    type Query { all(first: Int = 20): [User!]!  ab: AB  e(in: In): E }
    type User { id: ID!  name(short: Boolean): String }
    input In { a: Int! b: String = "x" }
    enum E { A B }
    type A { id: ID! } type B { id: ID! } union AB = A | B
  `);

  test('finds no fault where it is kept and more is offered', () => {
    const api = buildSchema(`
      type Query { all(first: Int = 20, extra: Int): [User!]!  more: Int  ab: AB  e(in: In): E }
      type User { id: ID!  name(short: Boolean): String  age: Int }
      input In { a: Int! b: String = "x" c: Int }
      enum E { A B C }
      type A { id: ID! } type B { id: ID! } union AB = A | B
    `);
    expect(contractFaults(api, contract)).toEqual([]);
  });

  test('names every departure', () => {
    const api = buildSchema(`
      type Query { all(first: Int = 10): [User!]  ab: AB  e(in: In): E }
      type User { id: ID }
      input In { a: Int b: String = "x" c: Int! }
      enum E { A }
      type A { id: ID! } type B { id: ID! } union AB = A
    `);
    expect(contractFaults(api, contract)).toEqual([
      'Query.all is [User!], in the contract [User!]!',
      'Query.all(first:) defaults to 10, in the contract to 20',
      'User.id is ID, in the contract ID!',
      'User.name is missing',
      'In.a is Int, in the contract Int!',
      'In.c is not in the contract and has to be given',
      'E.B is missing',
      'AB.B is missing',
    ]);
  });

  const marked = buildSchema(`
    type Query {
      now(kind: Kind, "# comes with 7" order: Order): Thing
      either: Either
      "The field alone. # comes with 7"
      soon(filter: Filter, kind: Kind): [Result!]
    }
    type Thing { id: ID!  "# comes with 11" poll: Poll  "# comes with 7" count: Int! }
    enum Kind { ONE  "# comes with 12" TWO }
    input Filter { word: String! }
    union Result = Thing | Page
    union Either = Thing | List
    enum Order { UP DOWN }
    type Page { title: String! }
    type Poll { options: [Option!]! }
    type Option { text: String! }
    "# comes with 12"
    type List { id: ID! }
    type Mutation { act: Int  "# comes with 7" later: Int }
  `);
  const today = {
    query: 'now(kind: Kind): Thing either: Either',
    either: 'Thing',
    thing: 'id: ID!',
    kind: 'ONE',
    mutation: 'act: Int',
    more: '',
  };
  const faultsOf = (changes: Partial<typeof today>) => {
    const { query, either, thing, kind, mutation, more } = { ...today, ...changes };
    const api = `type Query { ${query} } type Thing { ${thing} } enum Kind { ${kind} }
      union Either = ${either} type Mutation { ${mutation} } ${more}`;
    return contractFaults(buildSchema(api), marked);
  };

  test('lets types be missing that clients reach by what is still to come alone', () => {
    expect(faultsOf({})).toEqual([]);
  });

  test.each<[string, Partial<typeof today>, string[]]>([
    [
      'a query without a mark is missing',
      { query: 'other(kind: Kind): Thing either: Either' },
      ['Query.now is missing'],
    ],
    ['a mutation without a mark is missing', { mutation: 'other: Int' }, ['Mutation.act is missing']],
    [
      'a query is served that is marked',
      {
        query: 'now(kind: Kind): Thing either: Either soon(filter: Filter, kind: Kind): [Result!]',
        more: 'input Filter { word: String! } union Result = Thing | Page type Page { title: String! }',
      },
      ['Query.soon is served, and marked as still to come'],
    ],
    [
      'a mutation is served that is marked',
      { mutation: 'act: Int later: Int' },
      ['Mutation.later is served, and marked as still to come'],
    ],
    [
      'a field is served that is marked',
      { thing: 'id: ID! count: Int!' },
      ['Thing.count is served, and marked as still to come'],
    ],
    [
      'a value is served that is marked',
      { kind: 'ONE TWO' },
      ['Kind.TWO is served, and marked as still to come'],
    ],
    [
      'a type is served that is marked',
      { either: 'Thing | List', more: 'type List { id: ID! }' },
      ['Either.List is served, and marked as still to come', 'List is served, and marked as still to come'],
    ],
    [
      'an argument is served that is marked',
      { query: 'now(kind: Kind, order: Order): Thing either: Either', more: 'enum Order { UP DOWN }' },
      ['Query.now(order:) is served, and marked as still to come'],
    ],
    [
      'a type is there before what leads to it, and is other than in the contract',
      { more: 'type Page { title: String }' },
      ['Page.title is String, in the contract String!'],
    ],
  ])('names it when %s', (_what, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
  });

  test('names a type that is missing though clients reach it without a mark', () => {
    const withoutThing = buildSchema(`
      type Query { now(kind: Kind): Int } enum Kind { ONE } type Mutation { act: Int }
    `);
    expect(contractFaults(withoutThing, marked)).toContain('Thing is missing');
  });
});
