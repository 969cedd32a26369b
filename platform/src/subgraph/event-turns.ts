import { createFairQueue } from '../limits/fair-queue.ts';
import { pause } from '../retry.ts';

/**
 * Has the events of one viewer, of all of their streams, read one after the other. What is selected is read anew for each event of
 * each stream: somebody with many that select much would have the database read for them before it does for all others who hear
 * of something at the time.
 */
export interface EventTurns {
  /**
   * Gives what `read` does. For nobody in particular it is done at once. Throws RATE_LIMITED when too many of the viewer's wait, or
   * its turn does not come in time, and nothing when `signal` aborts while it is read.
   */
  run<T>(viewerId: string | undefined, read: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

const limits = {
  name: 'events' as const,
  atOnce: Number.POSITIVE_INFINITY,
  atOncePerOwner: 1,
  waiting: 16_384,
  waitingPerOwner: 1_024,
  waitMs: 10_000,
};
/** An event that had to wait is followed by a pause as long as it took, so much at most: half of the time is for others. */
const longestPauseMs = 100;

export function createEventTurns(): EventTurns {
  const turns = createFairQueue(limits);
  return {
    run(viewerId, read, signal) {
      if (viewerId === undefined) return read();
      return new Promise((resolve, reject) => {
        let hasWaited = false;
        const work = async () => {
          const began = performance.now();
          const outcome = read();
          resolve(outcome);
          await outcome.catch(() => undefined);
          if (hasWaited) await pause(Math.min(performance.now() - began, longestPauseMs), signal);
        };
        turns.run(viewerId, work, signal).catch(reject);
        hasWaited = true;
      });
    },
  };
}
