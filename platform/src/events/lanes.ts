/** Work in lanes: within a lane one after another, in the order of the calls; lanes beside each other. */
export interface Lanes {
  /** Runs `work` when all earlier work of the lane has ended, however it ended; gives its result. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when no lane has work. */
  idle(): Promise<void>;
}

/** Makes lanes, none of them busy. */
export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(lane, work) {
      const result = (tails.get(lane) ?? Promise.resolve()).then(work, work);
      const tail = result.then(
        () => forget(),
        () => forget(),
      );
      const forget = () => {
        if (tails.get(lane) === tail) tails.delete(lane);
      };
      tails.set(lane, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
