import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait before another try, in milliseconds: `baseMs` doubles with each attempt up to `maxMs`. */
export interface BackoffOptions {
  baseMs: number;
  maxMs: number;
}

/** A random wait (full jitter) before the try that follows `attempt` failures (1 for the first); gives milliseconds. */
export function backoff(attempt: number, { baseMs, maxMs }: BackoffOptions): number {
  return Math.random() * Math.min(maxMs, baseMs * 2 ** Math.max(0, attempt - 1));
}

/** Waits; gives false, at once, when the signal aborts. Never throws. */
export async function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return false;
  return sleep(ms, true, { signal }).catch(() => false);
}

/**
 * Calls `work` until it succeeds, `attempts` times at most, with jittered waits between. Gives its result; throws
 * its last error, or the first one that `isWorthRetrying` denies, or the last one when the signal aborts.
 */
export async function retry<T>(
  work: (attempt: number) => Promise<T>,
  options: BackoffOptions & {
    attempts: number;
    signal?: AbortSignal;
    isWorthRetrying?: (error: unknown) => boolean;
  },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= options.attempts || options.isWorthRetrying?.(error) === false) throw error;
      if (!(await pause(backoff(attempt, options), options.signal))) throw error;
    }
  }
}
