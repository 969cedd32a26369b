/** A bell for one sleeper: rung while nobody sleeps, it makes the next sleep end at once. */
export interface Wakeup {
  ring(): void;
  /** Resolves when the bell rings, or after `ms`, or when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Makes a bell that has not rung. */
export function createWakeup(): Wakeup {
  let rung = false;
  let rouse: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      rouse?.();
    },
    async sleep(ms, signal) {
      if (!rung && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', end);
            rouse = undefined;
            resolve();
          };
          const timer = setTimeout(end, ms);
          signal?.addEventListener('abort', end);
          rouse = end;
        });
      }
      rung = false;
    },
  };
}

/** Timers end up to a millisecond early, and times in the database are rounded to one. */
const marginMs = 5;

/** Rings once what is due in `ms` by the database's clock, as a statement that has been answered put it, is due. */
export function ringWhenDue(ring: () => void, ms: number): void {
  setTimeout(ring, Math.ceil(ms) + marginMs).unref();
}
