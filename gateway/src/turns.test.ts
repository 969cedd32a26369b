import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('a rush of works is begun in order, a few in each turn, and others get theirs in between', async () => {
  const inLaterTurn = createTurns();
  const begun: number[] = [];
  const seen: number[] = [];
  for (let work = 0; work < 100; work++) inLaterTurn(() => begun.push(work));
  expect(begun).toEqual([]);
  while (begun.length < 100) {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(begun.length);
  }
  expect(begun).toEqual(Array.from({ length: 100 }, (_, work) => work));
  expect(seen.length).toBeGreaterThan(10);
  for (const [at, count] of seen.entries()) expect(count - (seen[at - 1] ?? 0)).toBeLessThan(20);
});

test('each goes on as far as it can before the next begins', async () => {
  const inLaterTurn = createTurns();
  const order: string[] = [];
  const work = async (name: string) => {
    order.push(`${name} begins`);
    for (let step = 0; step < 10; step++) await undefined;
    order.push(`${name} ends`);
  };
  for (const name of ['a', 'b', 'c']) inLaterTurn(() => void work(name));
  while (order.length < 6) await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});

test('what is begun may ask for another turn', async () => {
  const inLaterTurn = createTurns();
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    inLaterTurn(() => {
      order.push('first');
      inLaterTurn(() => {
        order.push('second');
        resolve();
      });
    });
  });
  expect(order).toEqual(['first', 'second']);
});
