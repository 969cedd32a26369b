/** Runs work `atOnce` at a time, in order of arrival; throws `full()` when `maxWaiting` are waiting already. */
export function createQueue(limits: { atOnce: number; maxWaiting: number; full: () => Error }) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < limits.atOnce) running += 1;
    else if (waiting.length >= limits.maxWaiting) throw limits.full();
    // The place is handed over by whoever leaves: `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
