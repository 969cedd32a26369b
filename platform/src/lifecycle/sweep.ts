import { settledWithin } from '../deadline.ts';
import type { Logger } from '../log.ts';
import { pause } from '../retry.ts';

const stopMs = 5_000;

/**
 * Does what has to be done again and again (deleting what is too old), one turn after the other: the first after a random
 * part of `everyMs`, so that the processes of one start do not all do it at once, and each next `everyMs` after the end of
 * the one before. A turn that throws is logged and made good by the next. `stop` aborts the turn's signal and waits for
 * it, five seconds at most.
 */
export function startSweep(options: {
  /** What it does, for the log. */
  name: string;
  everyMs: number;
  log: Logger;
  turn: (signal: AbortSignal) => Promise<unknown>;
}): { stop(): Promise<void> } {
  const { name, everyMs, log, turn } = options;
  const stopping = new AbortController();
  const running = (async () => {
    let wait = Math.random() * everyMs;
    while (await pause(wait, stopping.signal)) {
      wait = everyMs;
      try {
        await turn(stopping.signal);
      } catch (error) {
        log.warn({ err: error, sweep: name }, 'a sweep failed; the next one tries again');
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await settledWithin(running, stopMs);
    },
  };
}
