import { expect, test, vi } from 'vitest';
import { Deadlines } from './deadlines.ts';

test('each is told when its own time is over, and what was deleted is not', () => {
  vi.useFakeTimers();
  try {
    const told: string[] = [];
    const timed = (name: string) => ({ deadline: 0, timedOut: () => void told.push(name) });
    const deadlines = new Deadlines(100);
    const [first, second, third] = [timed('first'), timed('second'), timed('third')];
    deadlines.add(first);
    vi.advanceTimersByTime(40);
    deadlines.add(second);
    deadlines.add(third);
    deadlines.delete(second);
    vi.advanceTimersByTime(60);
    expect(told).toEqual(['first']);
    vi.advanceTimersByTime(40);
    expect(told).toEqual(['first', 'third']);
    deadlines.add(second);
    vi.advanceTimersByTime(99);
    expect(told).toEqual(['first', 'third']);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(['first', 'third', 'second']);
  } finally {
    vi.useRealTimers();
  }
});
