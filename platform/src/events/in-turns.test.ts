import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isDatabaseAway } from '../database/database-errors.ts';
import type { CloudEvent } from './envelope.ts';
import { inTurns } from './in-turns.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('counts it as no fault of an event that its turn did not come: it waits as for a database that is away', async () => {
  const handle = inTurns(() => new Promise(() => {}));
  const { signal } = new AbortController();
  for (let n = 0; n < 4; n += 1) void handle({} as CloudEvent, signal);
  const fifth = handle({} as CloudEvent, signal).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isDatabaseAway(await fifth)).toBe(true);
});
