import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWakeup, notifyWhenDue } from './wakeup.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('ends the sleep of who sleeps when it is notified, and the next sleep of who did not', async () => {
  const wakeup = createWakeup();
  const sleeping = wakeup.sleep(60_000);
  wakeup.notify();
  await sleeping;
  wakeup.notify();
  await wakeup.sleep(60_000);
  expect(vi.getTimerCount()).toBe(0);
});

it('sleeps no longer than it was told, or than its signal lets it', async () => {
  const wakeup = createWakeup();
  const sleeping = wakeup.sleep(100);
  vi.advanceTimersByTime(100);
  await sleeping;
  const stopping = new AbortController();
  const stopped = wakeup.sleep(60_000, stopping.signal);
  stopping.abort();
  await stopped;
  await wakeup.sleep(60_000, stopping.signal);
  expect(vi.getTimerCount()).toBe(0);
});

it('notifies of what is due a little after it is, never before', () => {
  const notify = vi.fn();
  notifyWhenDue(notify, 10.9);
  vi.advanceTimersByTime(12);
  expect(notify).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(notify).toHaveBeenCalledOnce();
});
