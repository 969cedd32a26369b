import { expect, test } from 'vitest';
import { createPacedQueue, type PacedQueue } from './paced-queue.ts';

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

async function perform(queue: PacedQueue, owner: string, work: () => void | Promise<void>): Promise<void> {
  const due = queue.enter(owner);
  if (due) await due;
  await work();
}

test('a rush of works is begun in order, a few in each turn, and others get theirs in between', async () => {
  const queue = createPacedQueue();
  const begun: number[] = [];
  const seen: number[] = [];
  for (let work = 0; work < 300; work++) void perform(queue, 'a', () => void begun.push(work));
  expect(begun.length).toBe(64);
  while (begun.length < 300) {
    await turnOfTheLoop();
    seen.push(begun.length);
  }
  expect(begun).toEqual(Array.from({ length: 300 }, (_, work) => work));
  expect(seen.length).toBeGreaterThan(10);
  for (const [at, count] of seen.entries()) expect(count - (seen[at - 1] ?? 64)).toBeLessThan(20);
});

test('owners take turns, however many works of the one came first', async () => {
  const queue = createPacedQueue();
  const begun: string[] = [];
  for (let work = 0; work < 1000; work++) void perform(queue, 'many', () => void begun.push(`many ${work}`));
  for (const owner of ['one', 'other']) {
    for (let work = 0; work < 2; work++)
      void perform(queue, owner, () => void begun.push(`${owner} ${work}`));
  }
  while (begun.length < 1004) await turnOfTheLoop();
  const places = ['one 0', 'other 0', 'one 1', 'other 1'].map((work) => begun.indexOf(work));
  expect(places).toEqual([65, 66, 68, 69]);
  expect(begun.filter((work) => work.startsWith('many'))).toEqual(
    Array.from({ length: 1000 }, (_, work) => `many ${work}`),
  );
});

test('what comes one by one does not wait', async () => {
  const queue = createPacedQueue();
  for (let work = 0; work < 100; work++) {
    expect(queue.enter('a')).toBeUndefined();
    await turnOfTheLoop();
  }
});

test('each goes on as far as it can before the next begins', async () => {
  const queue = createPacedQueue();
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    for (let step = 0; step < 10; step++) await undefined;
    order.push(`${name} ends`);
  };
  for (let at = 0; at < 64; at++) queue.enter('a');
  for (const name of ['a', 'b', 'c']) void perform(queue, 'a', work(name));
  while (order.length < 6) await turnOfTheLoop();
  expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
