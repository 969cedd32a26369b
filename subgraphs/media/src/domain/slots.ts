import { unavailable } from '@socialhub/platform/errors';

/** Runs at most so many pieces of work at once; the others wait in line. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

/** `waiting` bounds the line: throws UNAVAILABLE for one more. */
export function createSlots(running: number, waiting: number): Slots {
  let free = running;
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else if (line.length >= waiting) throw unavailable('Too many files are being examined; try again soon');
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
}
