import { performance } from 'node:perf_hooks';

/** Each takes a fraction of a millisecond: together they hold nobody up for long, and the loop's own cost is shared. */
const perTurn = 8;

/** Begun at once in a turn while nobody waits: what a busy gateway gets in one, and well below what a flood brings. */
const atOncePerTurn = 64;

/**
 * Begins a few works in each turn of the event loop: a rush of them must not keep what else there is to do (events for
 * those who are connected, answers of subgraphs) waiting until all of them are done. Those that wait take turns by owner,
 * so that whoever comes with a thousand waits for themselves. Each goes as far as it comes without waiting for anything
 * outside before the next begins: what one has parsed and planned, the next finds.
 */
export interface PacedQueue {
  /** Resolves when it is one's turn; undefined when that is at once. */
  enter(owner: string): Promise<void> | undefined;
}

export function createPacedQueue(): PacedQueue {
  /** Of each owner that waits, in the order of their turns. */
  const lines = new Map<string, Line<() => void>>();
  let waiting = 0;
  let begunAtOnce = 0;
  /** The turn in which those were begun. */
  let turnOfThose = -1;
  /** Each begins one work; Node runs those of a turn one after another, with all that follows at once in between. */
  let immediates = 0;

  /** Asking for the loop's count is a tenth as dear as another turn of it, which an immediate for each request would make. */
  const isAtOnce = () => {
    if (waiting > 0) return false;
    const { loopCount } = performance.nodeTiming.uvMetricsInfo;
    if (loopCount !== turnOfThose) {
      turnOfThose = loopCount;
      begunAtOnce = 0;
    }
    begunAtOnce += 1;
    return begunAtOnce <= atOncePerTurn;
  };

  const next = (): (() => void) | undefined => {
    for (const [owner, line] of lines) {
      const begin = line.shift();
      lines.delete(owner);
      // Behind the others, for the next turn.
      if (line.size > 0) lines.set(owner, line);
      waiting -= 1;
      return begin;
    }
    return undefined;
  };

  const turn = () => {
    const begin = next();
    if (waiting >= immediates) setImmediate(turn);
    else immediates -= 1;
    begin?.();
  };

  return {
    enter(owner) {
      if (isAtOnce()) return undefined;
      return new Promise((begin) => {
        const line = lines.get(owner) ?? new Line();
        lines.set(owner, line);
        line.push(begin);
        waiting += 1;
        if (immediates === perTurn) return;
        immediates += 1;
        setImmediate(turn);
      });
    },
  };
}

/** First in, first out; taking the first does not move the others. */
class Line<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    const item = this.#items[this.#first];
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first * 2 < this.#items.length) return item;
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
    return item;
  }
}
