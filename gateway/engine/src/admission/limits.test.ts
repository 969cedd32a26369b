import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { defaultLimits, type Limits, parseWithin } from './limits.ts';

function refusal(source: string, limits: Partial<Limits> = {}): string | undefined {
  try {
    parseWithin(source, { ...defaultLimits, ...limits });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(GraphQLError);
    expect((error as GraphQLError).extensions.code).toBe('BAD_USER_INPUT');
    return (error as GraphQLError).message;
  }
}

describe('the size of an operation', () => {
  test('counts levels through fragments, wherever they are defined', () => {
    const query = 'fragment B on T { c { d } } { a { ...A } } fragment A on T { ... on T { b { ...B } } }';
    expect(refusal(query, { depth: 4 })).toBeUndefined();
    expect(refusal(query, { depth: 3 })).toContain('at most 3');
  });

  test('counts the fields that fragments unfold to, and root fields among them', () => {
    const query = '{ ...F ...F } fragment F on Query { a b { c } }';
    expect(refusal(query, { fields: 6, rootFields: 4 })).toBeUndefined();
    expect(refusal(query, { fields: 5 })).toContain('fields');
    expect(refusal(query, { rootFields: 3 })).toContain('root fields');
  });

  test('counts the levels of the largest operation of a document', () => {
    expect(refusal('query A { a } query B { a { b } }', { depth: 1 })).toContain('levels');
  });

  test('is finite for fragments that contain each other', () => {
    expect(refusal('{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }')).toBeUndefined();
  });

  test('is measured in time that grows with the document', () => {
    const fragments = Array.from(
      { length: 300 },
      (_, i) => `fragment F${i} on T { a ...F${i + 1} ...F${i + 1} }`,
    );
    const started = performance.now();
    expect(
      refusal(`{ ...F0 } ${fragments.join(' ')} fragment F300 on T { a }`, { tokens: 10_000 }),
    ).toBeDefined();
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('in tokens stops the parser', () => {
    expect(refusal(`{ ${'a '.repeat(200)} }`, { tokens: 100 })).toContain('100');
  });
});

describe('the top of a subscription', () => {
  test.each([
    'subscription { a @skip(if: false) }',
    'subscription ($v: Boolean) { ... on S @include(if: $v) { a } }',
    'subscription { ...F } fragment F on S { ...G @skip(if: true) } fragment G on S { a }',
  ])('takes no condition: %s', (query) => {
    expect(refusal(query)).toContain('@skip and @include');
  });

  test('may have conditions below it', () => {
    expect(refusal('subscription { a { b @skip(if: true) } }')).toBeUndefined();
  });
});
