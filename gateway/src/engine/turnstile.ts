/** More wait than may wait. */
export class TurnstileFull extends Error {
  override readonly name = 'TurnstileFull';
}

/** Is told when its turn has come. */
export interface Waiter {
  entered(): void;
}

/** Lets so many in at once; so many more wait, in the order in which they came. */
export interface Turnstile {
  readonly inside: number;
  readonly waiting: number;
  /** True when there is room at once; else `waiter` is told when it is in. Throws TurnstileFull. */
  enter(waiter: Waiter): boolean;
  /** Waits no more; to be called before it is in. */
  giveUp(waiter: Waiter): void;
  /** To be called once by everyone who is in. */
  leave(): void;
}

export function createTurnstile(options: { width: number; queue: number }): Turnstile {
  const queue = new Set<Waiter>();
  let inside = 0;

  return {
    get inside() {
      return inside;
    },
    get waiting() {
      return queue.size;
    },
    enter(waiter) {
      if (inside < options.width) {
        inside += 1;
        return true;
      }
      if (queue.size >= options.queue) throw new TurnstileFull(`${queue.size} wait already`);
      queue.add(waiter);
      return false;
    },
    giveUp(waiter) {
      queue.delete(waiter);
    },
    leave() {
      if (queue.size === 0) {
        inside -= 1;
        return;
      }
      const [next] = queue as Iterable<Waiter> as [Waiter];
      // Whoever is next takes over the place, so that nobody slips in between.
      queue.delete(next);
      next.entered();
    },
  };
}
