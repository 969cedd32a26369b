import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenBuckets } from './rate-limit-buckets.ts';

function buckets(perMinute: number, maxKeys?: number) {
  let time = 1000;
  const made = createTokenBuckets({ perMinute, now: () => time, ...(maxKeys && { maxKeys }) });
  return { ...made, size: () => made.size, pass: (ms: number) => (time += ms) };
}

test('a bucket holds what a minute brings, fills evenly, and says when there is enough', () => {
  const { take, pass } = buckets(60);
  for (let i = 0; i < 60; i++) expect(take('a')).toBe(0);
  expect(take('a')).toBe(1);
  expect(take('a', 30)).toBe(30);
  pass(1000);
  expect(take('a')).toBe(0);
  expect(take('a')).toBe(1);
  pass(3_600_000);
  for (let i = 0; i < 60; i++) expect(take('a')).toBe(0);
  expect(take('a')).toBe(1);
});

test('a bucket may hold less than a minute brings', () => {
  let now = 0;
  const { take } = createTokenBuckets({ perMinute: 60, holdsMs: 2_000, now: () => now });
  const taken = () => Array.from({ length: 10 }, () => take('a')).filter((wait) => wait === 0).length;
  expect(taken()).toBe(2);
  expect(take('a')).toBe(1);
  now = 1_000;
  expect(taken()).toBe(1);
  now = 3_600_000;
  expect(taken()).toBe(2);
  expect(take('b', 100)).toBe(0);
  expect(take('b')).toBe(1);
});

test('a refusal takes nothing, and one key is none of the others', () => {
  const { take, pass } = buckets(10);
  expect(take('a', 9)).toBe(0);
  for (let i = 0; i < 100; i++) expect(take('a', 2)).toBe(6);
  expect(take('b', 10)).toBe(0);
  pass(6000);
  expect(take('a', 2)).toBe(0);
});

test('what is larger than a bucket takes a full one', () => {
  const { take, pass } = buckets(10);
  expect(take('a', 1000)).toBe(0);
  expect(take('a')).toBe(6);
  pass(60_000);
  expect(take('a', Number.POSITIVE_INFINITY)).toBe(0);
});

test('as many keys as there are, so many are remembered and no more; full buckets are forgotten', () => {
  const { take, pass, size } = buckets(10, 50);
  for (let i = 0; i < 5000; i++) take(`k${i}`);
  expect(size()).toBeLessThanOrEqual(50);
  pass(60_000);
  for (let i = 0; i < 60; i++) {
    pass(6000);
    take('last');
  }
  expect(size()).toBe(1);
});

test('whatever the moments and amounts, no minute lets more through than two buckets', () => {
  const steps = fc.array(fc.tuple(fc.nat(30_000), fc.integer({ min: 1, max: 40 })), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (all) => {
      const { take, pass } = buckets(100);
      const taken: { at: number; amount: number }[] = [];
      let at = 0;
      for (const [wait, amount] of all) {
        pass(wait);
        at += wait;
        if (take('a', amount) === 0) taken.push({ at, amount });
      }
      for (const { at: start } of taken) {
        const within = taken.filter((one) => one.at >= start && one.at <= start + 60_000);
        expect(within.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(200.001);
      }
    }),
  );
});

test('what is charged afterwards is owed, and nothing is let through until it is paid', () => {
  const { take, charge, pass } = buckets(60);
  charge('a', 60);
  charge('a', 30);
  expect(take('a', 0)).toBe(30);
  expect(take('b', 0)).toBe(0);
  pass(30_000);
  expect(take('a', 0)).toBe(0);
  expect(take('a')).toBe(1);
});
