/** Something that is given up when its time is over. */
export interface Timed {
  deadline: number;
  timedOut(): void;
}

/** The deadlines of things that all have the same time: one timer for all of them, since they are due in the order in which they came. */
export class Deadlines {
  readonly #ms: number;
  readonly #waiting = new Set<Timed>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(timed: Timed): void {
    timed.deadline = performance.now() + this.#ms;
    this.#waiting.add(timed);
    this.#timer ??= setTimeout(this.#due, this.#ms).unref();
  }

  delete(timed: Timed): void {
    this.#waiting.delete(timed);
  }

  /** The timer outlives what it was started for, so that it is not started anew for each. */
  readonly #due = (): void => {
    const now = performance.now();
    this.#timer = undefined;
    for (const timed of this.#waiting) {
      if (timed.deadline > now) {
        this.#timer = setTimeout(this.#due, timed.deadline - now).unref();
        return;
      }
      this.#waiting.delete(timed);
      timed.timedOut();
    }
  };

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
