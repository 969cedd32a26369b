import { expect, test } from 'vitest';
import { createRecentUse } from './recent-use.ts';

test('what was used a while ago counts half, and what is given back counts no more', () => {
  let now = 0;
  const use = createRecentUse({ halfLifeMs: 1000, now: () => now });
  use.add('a', 100);
  now = 1000;
  use.add('a', 20);
  expect([use.of('a'), use.of('b')]).toEqual([70, 0]);
  now = 2000;
  expect(use.of('a')).toBe(35);
  use.add('a', -50);
  expect(use.of('a')).toBe(0);
});

test('so many are remembered: who used nothing for longest is forgotten', () => {
  const use = createRecentUse({ halfLifeMs: 1000, maxKept: 3, now: () => 0 });
  for (const who of ['a', 'b', 'c', 'a', 'd']) use.add(who, 1);
  expect(use.size).toBe(3);
  expect(['a', 'b', 'c', 'd'].map(use.of)).toEqual([2, 0, 1, 1]);
});
