import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWakeup, ringWhenDue } from './wakeup.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends the sleep of who sleeps when it rings, and the next sleep of who did not', async () => {
  const bell = createWakeup();
  const sleeping = bell.sleep(60_000);
  bell.ring();
  await sleeping;
  bell.ring();
  await bell.sleep(60_000);
  expect(vi.getTimerCount()).toBe(0);
});

it('sleeps no longer than it was told, or than its signal lets it', async () => {
  const bell = createWakeup();
  const sleeping = bell.sleep(100);
  vi.advanceTimersByTime(100);
  await sleeping;
  const stopping = new AbortController();
  const stopped = bell.sleep(60_000, stopping.signal);
  stopping.abort();
  await stopped;
  await bell.sleep(60_000, stopping.signal);
  expect(vi.getTimerCount()).toBe(0);
});

it('rings for what is due a little after it is, never before', () => {
  const ring = vi.fn();
  ringWhenDue(ring, 10.9);
  vi.advanceTimersByTime(12);
  expect(ring).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(ring).toHaveBeenCalledOnce();
});
