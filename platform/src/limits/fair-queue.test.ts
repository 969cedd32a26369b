import { expect, test } from 'vitest';
import { createFairQueue, type FairQueueLimits } from './fair-queue.ts';

const limits: FairQueueLimits = {
  name: 'mutations',
  atOnce: 1,
  atOncePerOwner: 1,
  waiting: 100,
  waitingPerOwner: 50,
  waitMs: 5_000,
};

/** A queue, what began in it, and a way to let the work that runs end. */
function queue(given: Partial<FairQueueLimits> = {}) {
  const made = createFairQueue({ ...limits, ...given });
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve) => ends.push(() => resolve(name)));
  };
  const endOne = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { made, began, endOne, come: (name: string) => made.run(name.slice(0, 1), work(name)), work };
}

const refused = { code: 'RATE_LIMITED', extensions: { retryAfter: 5 } };

test('owners take turns, however much of the one came first', async () => {
  const { began, come, endOne } = queue();
  const all = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map(come);
  for (let i = 0; i < 6; i += 1) await endOne();
  expect(began).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'c1']);
});

test('of one owner so much runs at once and no more, though there is room', async () => {
  const { began, come, endOne } = queue({ atOnce: 4, atOncePerOwner: 2 });
  const all = ['a1', 'a2', 'a3', 'b1'].map(come);
  expect(began).toEqual(['a1', 'a2', 'b1']);
  await endOne();
  expect(began).toEqual(['a1', 'a2', 'b1', 'a3']);
  for (let i = 0; i < 3; i += 1) await endOne();
  await Promise.all(all);
});

test('who has too much waiting is refused, and nobody else', async () => {
  const { come, endOne } = queue({ waitingPerOwner: 2 });
  const all = ['a1', 'a2', 'a3'].map(come);
  await expect(come('a4')).rejects.toMatchObject(refused);
  const other = come('b1');
  for (let i = 0; i < 4; i += 1) await endOne();
  expect(await Promise.all([...all, other])).toEqual(['a1', 'a2', 'a3', 'b1']);
});

test('no more waits in all than may wait', async () => {
  const { come, endOne } = queue({ waiting: 2 });
  const all = ['a1', 'b1', 'c1'].map(come);
  await expect(come('d1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(come('a2')).rejects.toMatchObject(refused);
  for (let i = 0; i < 3; i += 1) await endOne();
  await Promise.all(all);
});

test.each([
  ['RATE_LIMITED where the own work holds all that one may have', 'a2', 'RATE_LIMITED'],
  ['UNAVAILABLE where the others’ does', 'b1', 'UNAVAILABLE'],
])('whose turn does not come in time is refused and never begins: %s', async (_why, name, code) => {
  const { began, come, endOne } = queue({ waitMs: 10 });
  const first = come('a1');
  await expect(come(name)).rejects.toMatchObject({ code });
  await endOne();
  await first;
  expect(began).toEqual(['a1']);
});

test('who has gone leaves the line', async () => {
  const { made, began, come, endOne, work } = queue();
  const client = new AbortController();
  const first = come('a1');
  const second = made.run('b', work('b1'), client.signal);
  client.abort();
  await expect(second).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await endOne();
  await first;
  expect(began).toEqual(['a1']);
});

test('a place is free again after work that failed', async () => {
  const { made } = queue();
  await expect(made.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await made.run('a', async () => 'yes')).toBe('yes');
});

test('an attempt runs where there is room, and else is not made', async () => {
  const { made, endOne, work } = queue();
  const first = made.attempt('a', work('a1'));
  expect(made.attempt('b', work('b1'))).toBeNull();
  await endOne();
  expect(await first).toBe('a1');
  const next = made.attempt('b', work('b2'));
  await endOne();
  expect(await next).toBe('b2');
});
