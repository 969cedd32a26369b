import type { GraphQLDataSource } from '@apollo/gateway';
import { type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { operationToCheck } from '../src/admission/authorization.ts';
import { execute } from '../src/execution/execute.ts';
import { compose, planAndCompile } from './differential/gateways.ts';

// What is particular to filtering in a federated graph; each subgraph answers with what it is given here.

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@authenticated", "@requiresScopes"])\n`;

function graph(subgraphs: Record<string, string>) {
  const loaded = compose(Object.entries(subgraphs).map(([name, sdl]) => ({ name, sdl: link + sdl })));
  if (!loaded) throw new Error('the subgraphs do not compose');

  /** As somebody who is signed in and has no scopes, or as nobody. */
  return async (text: string, answers: Record<string, unknown>, isSignedIn = false) => {
    const document = parse(text);
    const operation = document.definitions[0] as OperationDefinitionNode;
    const grant = { authenticated: isSignedIn, scopes: new Set<string>(), policies: new Set<string>() };
    const refused = loaded.findRefused(operationToCheck(document, operation, {}), grant);
    const asked: Record<string, { query: string; variables: unknown }> = {};
    const source = (name: string) => ({
      async process({ request }: { request: { query: string; variables: unknown } }) {
        asked[name] = { query: request.query, variables: request.variables };
        return { data: structuredClone(answers[name]) };
      },
    });
    const result = await execute(planAndCompile(loaded, document, operation, refused), {
      subgraph: (name) => source(name) as unknown as GraphQLDataSource,
      variables: {},
      context: {},
    });
    const errors = (result.errors ?? []).map(
      ({ path, message, extensions }) => `${path?.join('.')} ${extensions.code} ${message}`,
    );
    return { data: result.data?.toJSON() ?? null, errors, asked };
  };
}

describe('what is fetched for keys and requirements', () => {
  const ask = graph({
    a: 'type Query { t: T } type T @key(fields: "id") { id: ID @authenticated size: Int open: Int }',
    b: `type T @key(fields: "id") { id: ID size: Int @external area: Int @requires(fields: "size") }`,
  });

  test('is not told to a caller who may not have it', async () => {
    const { data, errors, asked } = await ask('{ t { open id key: id area } }', {
      a: { t: { __typename: 'T', id: 'secret', open: 1, size: 7 } },
      b: { _entities: [{ area: 49 }] },
    });
    expect(data).toEqual({ t: { open: 1, id: null, key: null, area: 49 } });
    expect(errors).toEqual([
      't.id UNAUTHENTICATED Sign in first: T.id is for people who are signed in',
      't.key UNAUTHENTICATED Sign in first: T.id is for people who are signed in',
    ]);
    expect(asked.b?.variables).toEqual({ representations: [{ __typename: 'T', id: 'secret', size: 7 }] });
  });
});

describe('a null that may not be', () => {
  const ask = graph({
    a: `type Query { ts: [T] must: T! other: Int } type Mutation { one: Int two: Int! @authenticated }
      type T { must: Int! @authenticated open: Int inner: T }`,
  });

  test('goes up to the first place that may be null, in every place', async () => {
    const { data, errors } = await ask('{ ts { open inner { open must } } }', {
      a: {
        ts: [
          { open: 1, inner: { open: 2 } },
          { open: 3, inner: null },
          { open: 4, inner: { open: 5 } },
        ],
      },
    });
    expect(data).toEqual({
      ts: [
        { open: 1, inner: null },
        { open: 3, inner: null },
        { open: 4, inner: null },
      ],
    });
    expect(errors.map((error) => error.split(' ')[0])).toEqual(['ts.0.inner.must', 'ts.2.inner.must']);
  });

  test('is told of a hundred times at most', async () => {
    const { data, errors } = await ask('{ ts { must } }', { a: { ts: Array(500).fill({}) } });
    expect(data).toEqual({ ts: Array(500).fill(null) });
    expect(errors).toHaveLength(100);
  });

  test('at the top leaves nothing to be run', async () => {
    const { data, errors, asked } = await ask('mutation { one two }', { a: { one: 1 } }, false);
    expect({ data, asked }).toEqual({ data: null, asked: {} });
    expect(errors).toEqual([
      'two UNAUTHENTICATED Sign in first: Mutation.two is for people who are signed in',
    ]);
    expect((await ask('mutation { one two }', { a: { one: 1, two: 2 } }, true)).data).toEqual({
      one: 1,
      two: 2,
    });
  });
});

describe('behind an interface', () => {
  const ask = graph({
    a: `type Query { nodes: [Node] } interface Node { id: ID label: String }
      type A implements Node @key(fields: "id") { id: ID label: String }
      type B implements Node @key(fields: "id") { id: ID label: String @requiresScopes(scopes: [["x"]]) }
      type C implements Node { id: ID label: String }`,
    b: 'type B @key(fields: "id") { id: ID more: Int }',
  });
  const nodes = [
    { __typename: 'A', id: '1', label: 'a', l: 'a' },
    { __typename: 'B', id: '2', label: 'never asked for', l: 'never asked for' },
    { __typename: 'C', id: '3', label: 'c', l: 'c' },
  ];

  test('a field is refused for the objects whose type refuses it, and asked of the others alone', async () => {
    const text = '{ nodes { ...F ... on B { more } } } fragment F on Node { id l: label }';
    const { data, errors, asked } = await ask(text, { a: { nodes }, b: { _entities: [{ more: 5 }] } }, true);
    expect(data).toEqual({
      nodes: [
        { id: '1', l: 'a' },
        { id: '2', l: null, more: 5 },
        { id: '3', l: 'c' },
      ],
    });
    expect(errors).toEqual(['nodes.1.l FORBIDDEN Not allowed: B.label']);
    expect(asked.a?.query).toMatch(/\.\.\.on A\{l:label\}/);
    expect(asked.a?.query).not.toMatch(/\.\.\.on B\{[^}]*label/);
  });

  test('nothing is refused where no object of such a type is met', async () => {
    const { data, errors } = await ask('{ nodes { label } }', { a: { nodes: [nodes[0], nodes[2]] } }, true);
    expect(data).toEqual({ nodes: [{ label: 'a' }, { label: 'c' }] });
    expect(errors).toEqual([]);
  });
});

test('an object whose type is refused keeps its __typename, which is no data', async () => {
  const ask = graph({
    a: 'type Query { any: Any } union Any = A | B type A { x: Int } type B @authenticated { x: Int y: Int }',
  });
  const { data, errors } = await ask('{ any { __typename ... on A { x } ... on B { x } } }', {
    a: { any: { __typename: 'B', x: 1 } },
  });
  expect(data).toEqual({ any: { __typename: 'B', x: null } });
  expect(errors).toHaveLength(1);
});

test('an object of which nothing else may be had is there or not, as it is', async () => {
  const ask = graph({ a: 'type Query { t: T } type T { x: Int @authenticated }' });
  expect((await ask('{ t { x } }', { a: { t: { __typename: 'T' } } })).data).toEqual({ t: { x: null } });
  const none = await ask('{ t { x } }', { a: { t: null } });
  expect(none).toMatchObject({ data: { t: null }, errors: [] });
});
