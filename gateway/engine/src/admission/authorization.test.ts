import { buildSchema, type FragmentDefinitionNode, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { Requirement } from '../supergraph/supergraph.ts';
import { createAuthorization, type Grant, operationToCheck } from './authorization.ts';

const schema = buildSchema(`
  type Query { node: Node  any: Any  a: A  level: Level  deep: Deep }
  type Mutation { change: A }
  interface Node { id: ID!  label: String }
  type A implements Node { id: ID!  label: String }
  type B implements Node { id: ID!  label: String }
  union Any = A | B
  enum Level { LOW HIGH }
  type Deep { deep: Deep  a: A }
`);

const signedIn: Requirement = { authenticated: true, scopes: [], policies: [] };
const signedOut: Grant = { authenticated: false, scopes: new Set(), policies: new Set() };
const grant = (...scopes: string[]): Grant => ({
  authenticated: true,
  scopes: new Set(scopes),
  policies: new Set(),
});

const finderOf = (index: Record<string, Requirement>) => {
  const { findRefused } = createAuthorization(schema, new Map(Object.entries(index)));
  return (query: string, by: Grant = signedOut) => {
    const document = parse(query);
    const operation = document.definitions[0] as OperationDefinitionNode;
    return [...(findRefused(operationToCheck(document, operation, {}), by)?.coordinates ?? [])];
  };
};

function authorizer(index: Record<string, Requirement>) {
  const { authorize } = createAuthorization(schema, new Map(Object.entries(index)));
  return (query: string, by: Grant = signedOut, variables: Record<string, unknown> = {}) => {
    const { definitions } = parse(query);
    const fragments: Record<string, FragmentDefinitionNode> = {};
    for (const node of definitions) if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
    const operation = definitions.find(
      (node) => node.kind === 'OperationDefinition',
    ) as OperationDefinitionNode;
    return authorize({ operation, fragments, variables }, by);
  };
}

describe('behind an interface', () => {
  test("one of its fields asks for what the same field of any of its types asks for, though the interface doesn't", () => {
    const authorize = authorizer({ 'B.label': signedIn });
    expect(authorize('{ node { id } }')).toBeNull();
    expect(authorize('{ node { label } }')).toEqual({ code: 'UNAUTHENTICATED', coordinate: 'Node.label' });
    expect(authorize('{ node { ... on A { label } } }')).toBeNull();
    expect(authorize('{ node { ... on B { label } } }')?.coordinate).toBe('B.label');
  });

  test('any field asks for what any of its types asks for as a whole, and __typename for nothing', () => {
    const authorize = authorizer({ B: signedIn });
    expect(authorize('{ node { id } }')?.coordinate).toBe('Node.id');
    expect(authorize('{ node { __typename } }')).toBeNull();
    expect(authorize('{ any { __typename ... on A { id } } }')).toBeNull();
    expect(authorize('{ any { ... on B { __typename } } }')?.coordinate).toBe('B');
  });
});

test('a type asks wherever it is returned, as a root too', () => {
  expect(authorizer({ A: signedIn })('{ deep { deep { a { id } } } }')?.coordinate).toBe('Deep.a');
  expect(authorizer({ Level: signedIn })('{ level }')?.coordinate).toBe('Query.level');
  expect(authorizer({ Mutation: signedIn })('mutation { change { __typename } }')?.coordinate).toBe(
    'Mutation',
  );
});

test('scopes: all of one list, and all requirements on the way', () => {
  const authorize = authorizer({
    'Query.a': { authenticated: false, scopes: [['x', 'y'], ['z']], policies: [] },
    A: { authenticated: false, scopes: [['w']], policies: [] },
  });
  const query = '{ a { id } }';
  expect(authorize(query)?.code).toBe('UNAUTHENTICATED');
  expect(authorize(query, grant('x', 'w'))?.code).toBe('FORBIDDEN');
  expect(authorize(query, grant('x', 'y'))?.code).toBe('FORBIDDEN');
  expect(authorize(query, grant('x', 'y', 'w'))).toBeNull();
  expect(authorize(query, grant('z', 'w'))).toBeNull();
});

test('conditions count by the values that their variables have, by default too', () => {
  const authorize = authorizer({ 'Query.a': signedIn });
  const query =
    'query ($no: Boolean = true) { level ... on Query @skip(if: $no) { ...F } } fragment F on Query { a { id } }';
  expect(authorize(query)).toBeNull();
  expect(authorize(query, signedOut, { no: false })?.code).toBe('UNAUTHENTICATED');
  expect(authorize(query, signedOut, { no: true })).toBeNull();
  expect(authorize('{ a @include(if: false) { id } }')).toBeNull();
});

test('a fragment counts where it is first let in, even after it was left out', () => {
  const query = '{ ...F @skip(if: true) ...F } fragment F on Query { a { id } }';
  expect(authorizer({ 'Query.a': signedIn })(query)?.coordinate).toBe('Query.a');
});

describe('what is refused one by one', () => {
  const needs = (...scopes: string[][]): Requirement => ({ authenticated: false, scopes, policies: [] });

  test('is all of it, and nothing for who may have all', () => {
    const refused = finderOf({ 'Query.a': signedIn, 'A.label': needs(['x']) });
    expect(refused('{ a { id label } level }')).toEqual(['Query.a', 'A.label']);
    expect(refused('{ a { id label } level }', grant())).toEqual(['A.label']);
    expect(refused('{ a { id label } level }', grant('x'))).toEqual([]);
  });

  test('is not an interface that asks for what its types ask for between them: each type that is met tells', () => {
    const index = {
      Node: signedIn,
      A: signedIn,
      'A.label': needs(['x'], ['y']),
      'B.label': needs(['x'], ['z', 'y']),
    };
    const query = '{ node { label } }';
    const both = finderOf({ ...index, 'Node.label': needs(['y', 'z'], ['x']) });
    expect(both(query, grant('y'))).toEqual(['B.label']);
    expect(both(query)).toEqual(['A', 'A.label', 'B.label']);
    const more = finderOf({ ...index, 'Node.label': needs(['x']) });
    expect(more(query, grant('y'))).toEqual(['Node.label', 'B.label']);
    expect(finderOf({ 'Node.label': needs(['x']) })(query)).toEqual(['Node.label']);
  });
});
