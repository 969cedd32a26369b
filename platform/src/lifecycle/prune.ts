import type { Logger } from '../log.ts';
import { startSweep } from './sweep.ts';

const everyMs = 3_600_000;

/** What one small step of pruning did. */
export interface Pruned {
  /** Of those whose old rows it looked for, the last: the next step begins behind them. null when there were none. */
  last: string | null;
  /** Whether they may have more that is too old. */
  isFull: boolean;
  count: number;
}

/** Looks for what is too old of some people, those behind `after`. */
export type PruneStep = (after: string | null) => Promise<Pruned>;

/** Deletes once what is too old of everybody, a step after the other; gives how many rows. Ends early when the signal aborts. */
export async function pruneAll(step: PruneStep, signal?: AbortSignal): Promise<number> {
  let total = 0;
  let after: string | null = null;
  while (!signal?.aborted) {
    const { last, isFull, count }: Pruned = await step(after);
    total += count;
    if (last === null) break;
    if (!isFull) after = last;
  }
  return total;
}

/** Does that every hour, for a log of each person where no index goes by time. `stop` ends it. */
export const startPruning = (options: {
  name: string;
  log: Logger;
  step: PruneStep;
}): { stop(): Promise<void> } =>
  startSweep({ ...options, everyMs, turn: (signal) => pruneAll(options.step, signal) });
