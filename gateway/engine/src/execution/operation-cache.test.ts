import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createOperationCache } from './operation-cache.ts';

const operation = (name: string) => getOperationAST(parse(`query ${name} { a }`)) as OperationDefinitionNode;

test('what is kept is bounded by its weight, and what was asked for lately stays', () => {
  const cache = createOperationCache<{ of: string }>(1000);
  const wanted = operation('Wanted');
  cache.add(wanted, '', { of: 'wanted' }, 100);
  const others = Array.from({ length: 100 }, (_, at) => operation(`Other${at}`));
  for (const other of others) {
    cache.add(other, '', { of: 'other' }, 90);
    expect(cache.get(wanted)).toEqual({ of: 'wanted' });
  }
  const weight = others.filter((other) => cache.get(other)).length * 90;
  expect(weight).toBeGreaterThan(500);
  expect(weight).toBeLessThanOrEqual(2000);
});

test('what weighs more than there is room is not kept, and drives nothing out', () => {
  const cache = createOperationCache<{ of: string }>(1000);
  const [small, huge] = [operation('Small'), operation('Huge')];
  cache.add(small, '', { of: 'small' }, 10);
  cache.add(huge, '', { of: 'huge' }, 1001);
  expect([cache.get(small)?.of, cache.get(huge)?.of]).toEqual(['small', undefined]);
});

test('what is made of one operation for different callers is told apart', () => {
  const cache = createOperationCache<{ of: string }>(1000);
  const one = operation('One');
  cache.add(one, '', { of: 'all' }, 10);
  cache.add(one, 'FORBIDDEN T.a', { of: 'some' }, 10);
  expect([cache.get(one)?.of, cache.get(one, 'FORBIDDEN T.a')?.of]).toEqual(['all', 'some']);
});
