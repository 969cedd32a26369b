import { expect, it } from 'vitest';
import { countOf, differences } from './count.ts';
import { blowsOf, randomOf, stepsOf } from './plan.ts';

const parts = ['auth', 'chat', 'gateway', 'postgresql', 'rabbitmq'] as const;
const first = (seed: number, person: number) => stepsOf(seed, person, 4).take(50).toArray();

it('plans the same for the same seed, and something else for another', () => {
  expect(blowsOf(7, 5, parts)).toEqual(blowsOf(7, 5, parts));
  expect(blowsOf(8, 5, parts)).not.toEqual(blowsOf(7, 5, parts));
  expect(first(7, 0)).toEqual(first(7, 0));
  expect(first(7, 1)).not.toEqual(first(7, 0));
  const random = randomOf(1);
  const mean = Array.from({ length: 1_000 }, random).reduce((sum, one) => sum + one) / 1_000;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
});

it('takes every part away in turn, within the time, and nobody is their own target', () => {
  const blows = blowsOf(7, 30, parts);
  const ofParts = blows.filter(({ part }) => part !== 'sockets').map(({ part }) => part);
  expect(new Set(ofParts.slice(0, parts.length))).toEqual(new Set(parts));
  expect(blows.reduce((sum, { afterMs, awayMs }) => sum + afterMs + awayMs, 0)).toBeLessThanOrEqual(
    30 * 60_000,
  );
  expect(new Set(first(7, 2).map(({ target }) => target))).toEqual(new Set([0, 1, 3]));
});

it('counts what is lost, doubled and nobody’s, and lets what nobody was told of be there or not', () => {
  const attempts = { attempted: new Set(['a', 'b', 'c', 'd']), acknowledged: new Set(['a', 'b', 'c']) };
  expect(countOf(attempts, ['a', 'b', 'c'])).toEqual({
    attempted: 4,
    acknowledged: 3,
    lost: 0,
    doubled: 0,
    foreign: 0,
  });
  expect(countOf(attempts, ['a', 'd', 'd', 'x', 'b'])).toMatchObject({ lost: 1, doubled: 1, foreign: 1 });
  expect(differences(new Set(['a', 'b']), new Set(['b', 'c']))).toBe(2);
});
