import type { Patience } from './patience.ts';

/** More wait than may wait. */
export class TurnstileFull extends Error {
  override readonly name = 'TurnstileFull';
}

/** Lets so many in at once; so many more wait, in the order in which they came. */
export interface Turnstile {
  readonly inside: number;
  readonly waiting: number;
  /** Undefined when there is room at once. Rejects with why the patience ended; throws TurnstileFull. */
  enter(patience: Patience): Promise<void> | undefined;
  /** To be called once by everyone who has entered. */
  leave(): void;
}

export function createTurnstile(options: { width: number; queue: number }): Turnstile {
  const queue = new Set<() => void>();
  let inside = 0;

  return {
    get inside() {
      return inside;
    },
    get waiting() {
      return queue.size;
    },
    enter(patience) {
      if (inside < options.width) {
        inside += 1;
        return undefined;
      }
      if (queue.size >= options.queue) throw new TurnstileFull(`${queue.size} wait already`);
      return new Promise((resolve, reject) => {
        const enter = () => {
          queue.delete(enter);
          patience.onEnd = undefined;
          resolve();
        };
        queue.add(enter);
        patience.onEnd = (reason) => {
          queue.delete(enter);
          reject(reason);
        };
      });
    },
    leave() {
      const [next] = queue;
      // Whoever is next takes over the place, so that nobody slips in between.
      if (next) next();
      else inside -= 1;
    },
  };
}
