/** A condition on which one caller waits: a notification that comes while nobody waits ends the next wait at once. */
export interface Wakeup {
  notify(): void;
  /** Resolves on a notification, or after `ms`, or when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Makes a condition that was not notified yet. */
export function createWakeup(): Wakeup {
  let notified = false;
  let endWait: (() => void) | undefined;
  return {
    notify() {
      notified = true;
      endWait?.();
    },
    async sleep(ms, signal) {
      if (!notified && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', end);
            endWait = undefined;
            resolve();
          };
          const timer = setTimeout(end, ms);
          signal?.addEventListener('abort', end);
          endWait = end;
        });
      }
      notified = false;
    },
  };
}

/** Timers end up to a millisecond early, and times in the database are rounded to one. */
const marginMs = 5;

/** Calls `notify` once what is due in `ms` by the database's clock, as a statement that has been answered put it, is due. */
export function notifyWhenDue(notify: () => void, ms: number): void {
  setTimeout(notify, Math.ceil(ms) + marginMs).unref();
}
