import { expect, test } from 'vitest';
import { createTypingPace } from './typing-pace.ts';

test('a person begins once in two seconds, in each conversation, and stops as often', () => {
  let now = 0;
  const pace = createTypingPace(() => now);
  let told = 0;
  for (; now < 10_000; now += 10) if (pace.admits('here', 'ada', true)) told += 1;
  expect(told).toBe(5);
  expect(pace.admits('here', 'ada', false)).toBe(true);
  expect(pace.admits('here', 'ada', false)).toBe(false);
  expect(pace.admits('there', 'ada', true)).toBe(true);
  expect(pace.admits('here', 'bob', true)).toBe(true);
});

test('all members of a conversation together are told of ten times a second', () => {
  let now = 0;
  const pace = createTypingPace(() => now);
  const admitted = (from: number) =>
    Array.from({ length: 1_000 }, (_, n) => pace.admits('here', `member ${from + n}`, true)).filter(Boolean);
  expect(admitted(0)).toHaveLength(10);
  now += 1_000;
  expect(admitted(1_000)).toHaveLength(10);
  expect(pace.admits('there', 'ada', true)).toBe(true);
});
