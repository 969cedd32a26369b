/** Something that is given up when its time is over. The links are the deadlines' own. */
export interface Timed {
  deadline: number;
  timedOut(): void;
  earlier?: Timed | undefined;
  later?: Timed | undefined;
}

/**
 * The deadlines of things that all have the same time: one timer for all of them, since they are due in the order in
 * which they came. A list of links, because a Set that things come to and leave all the time makes itself anew each
 * few dozen of them, and what it was before keeps them alive until the whole heap is collected.
 */
export class Deadlines {
  readonly #ms: number;
  #first: Timed | undefined;
  #last: Timed | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(timed: Timed): void {
    timed.deadline = performance.now() + this.#ms;
    timed.earlier = this.#last;
    if (this.#last) this.#last.later = timed;
    else this.#first = timed;
    this.#last = timed;
    this.#timer ??= setTimeout(this.#due, this.#ms).unref();
  }

  /** Does nothing to what is not in it. */
  delete(timed: Timed): void {
    const { earlier, later } = timed;
    if (earlier) earlier.later = later;
    else if (this.#first === timed) this.#first = later;
    else return;
    if (later) later.earlier = earlier;
    else this.#last = earlier;
    timed.earlier = undefined;
    timed.later = undefined;
  }

  /** The timer outlives what it was started for, so that it is not started anew for each. */
  readonly #due = (): void => {
    const now = performance.now();
    this.#timer = undefined;
    for (let timed = this.#first; timed; timed = this.#first) {
      if (timed.deadline > now) {
        this.#timer = setTimeout(this.#due, timed.deadline - now).unref();
        return;
      }
      this.delete(timed);
      timed.timedOut();
    }
  };

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
