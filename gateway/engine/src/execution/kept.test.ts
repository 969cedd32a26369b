import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createKept } from './kept.ts';

const operation = (name: string) => getOperationAST(parse(`query ${name} { a }`)) as OperationDefinitionNode;

test('what is kept is bounded by its weight, and what was asked for lately stays', () => {
  const kept = createKept<{ of: string }>(1000);
  const wanted = operation('Wanted');
  kept.add(wanted, '', { of: 'wanted' }, 100);
  const others = Array.from({ length: 100 }, (_, at) => operation(`Other${at}`));
  for (const other of others) {
    kept.add(other, '', { of: 'other' }, 90);
    expect(kept.get(wanted)).toEqual({ of: 'wanted' });
  }
  const weight = others.filter((other) => kept.get(other)).length * 90;
  expect(weight).toBeGreaterThan(500);
  expect(weight).toBeLessThanOrEqual(2000);
});

test('what weighs more than there is room is not kept, and drives nothing out', () => {
  const kept = createKept<{ of: string }>(1000);
  const [small, huge] = [operation('Small'), operation('Huge')];
  kept.add(small, '', { of: 'small' }, 10);
  kept.add(huge, '', { of: 'huge' }, 1001);
  expect([kept.get(small)?.of, kept.get(huge)?.of]).toEqual(['small', undefined]);
});

test('what is made of one operation for different callers is told apart', () => {
  const kept = createKept<{ of: string }>(1000);
  const one = operation('One');
  kept.add(one, '', { of: 'all' }, 10);
  kept.add(one, 'FORBIDDEN T.a', { of: 'some' }, 10);
  expect([kept.get(one)?.of, kept.get(one, 'FORBIDDEN T.a')?.of]).toEqual(['all', 'some']);
});
