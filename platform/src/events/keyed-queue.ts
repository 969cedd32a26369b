/** Work by keys: of one key one after another, in the order of the calls; of different keys beside each other. */
export interface KeyedQueue {
  /** Runs `work` when all earlier work of the key has ended, however it ended; gives its result. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when there is no work. */
  idle(): Promise<void>;
}

/** Makes a queue that is empty. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const result = (tails.get(key) ?? Promise.resolve()).then(work, work);
      const tail = result.then(
        () => forget(),
        () => forget(),
      );
      const forget = () => {
        if (tails.get(key) === tail) tails.delete(key);
      };
      tails.set(key, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
