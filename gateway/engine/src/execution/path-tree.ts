import type { ResponsePath } from './path.ts';

interface Step {
  /** A path ends here. */
  isEnd: boolean;
  readonly next: Map<string | number, Step>;
}

/** Paths of an answer, of which one is found in as many steps as it has, however many there are. */
export class PathTree {
  readonly #root: Step = { isEnd: false, next: new Map() };

  constructor(paths: Iterable<ResponsePath>) {
    for (const path of paths) {
      let step = this.#root;
      for (const key of path) {
        let next = step.next.get(key);
        if (!next) {
          next = { isEnd: false, next: new Map() };
          step.next.set(key, next);
        }
        step = next;
      }
      step.isEnd = true;
    }
  }

  /** Whether one of the paths is at this place, above it or below it. */
  isOnTheWayOf(path: ResponsePath): boolean {
    let step: Step | undefined = this.#root;
    for (const key of path) {
      if (step.isEnd) return true;
      step = step.next.get(key);
      if (!step) return false;
    }
    return step.isEnd || step.next.size > 0;
  }
}
