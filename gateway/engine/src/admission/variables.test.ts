import { buildSchema, getOperationAST, getVariableValues, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { checkNesting, coerceVariables } from './variables.ts';

const schema = buildSchema(`
  enum Level { LOW HIGH }
  input Inner { of: Int! = 3  levels: [Level!] }
  input Input { name: String!  inner: Inner  inners: [[Inner!]] }
  type Query { field(input: Input!, ids: [ID!], of: Int = 7, on: Boolean!): Int }
`);
const operation = getOperationAST(
  parse(
    'query ($input: Input!, $ids: [ID!], $of: Int = 7, $on: Boolean!) { field(input: $input, ids: $ids, of: $of, on: $on) }',
  ),
);

const both = (given: Record<string, unknown>) => {
  if (!operation) throw new Error('there is an operation');
  const theirs = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
    hideSuggestions: true,
  });
  return { ours: coerceVariables({ schema }, operation, given), theirs };
};

describe('variables are coerced as GraphQL does, in the same words', () => {
  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    ['what is needed', { input: { name: 'x' }, on: true }],
    ['all', { input: { name: 'x', inner: { levels: 'LOW' }, inners: [[{}]] }, ids: 3, of: null, on: false }],
    ['null where there has to be something', { input: null, on: null }],
    ['another type', { input: 7, ids: [{}, { a: { b: { c: 1 } } }], on: 'yes' }],
    ['wrong values further in', { input: { name: 1, inner: { of: 'x', levels: ['UP'] } }, on: true }],
    ['a field that is not there', { input: { name: 'x', nam: [1, 'b', [], {}, [[2]]] }, on: true }],
    ['a list that is wrong in the second place', { input: { name: '', inners: [[{ of: null }]] }, on: true }],
  ])('%s', (_name, given) => {
    const { ours, theirs } = both(given);
    expect(ours.errors?.map(({ message }) => message)).toEqual(theirs.errors?.map(({ message }) => message));
    if (theirs.coerced) expect({ ...ours.coerced }).toEqual(theirs.coerced);
  });
});

test('no more than five faults are told, each in a few hundred characters', () => {
  if (!operation) throw new Error('there is an operation');
  const ours = coerceVariables({ schema }, operation, {
    ids: Array(100_000).fill({ [`${'x'.repeat(10_000)}`]: 'y'.repeat(10_000) }),
  });
  expect(ours.errors).toHaveLength(5);
  for (const { message } of ours.errors ?? []) expect(message.length).toBeLessThan(1000);
});

test('values may be nested as deep as inputs are, and no deeper', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: [nested(levels - 1)] });
  expect(() => checkNesting(nested(24))).not.toThrow();
  expect(() => checkNesting(nested(26))).toThrow('at most 50 levels');
  const bottomless = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(() => checkNesting({ a: bottomless })).toThrow('at most 50 levels');
});
