import type { ResponsePath } from './path.ts';

interface Step<Of> {
  /** Those whose paths end here. */
  readonly here: Of[];
  /** The first of those whose paths end here or below. */
  readonly first: Of | undefined;
  readonly next: Map<string | number, Step<Of>>;
}

/** Things by their paths in an answer. What a path has to do with is found in as many steps as it has, however many there are. */
export class PathTree<Of extends object> {
  readonly #root: Step<Of>;

  constructor(items: readonly Of[], pathOf: (item: Of) => ResponsePath) {
    this.#root = { here: [], first: items[0], next: new Map() };
    for (const item of items) {
      let step = this.#root;
      for (const key of pathOf(item)) {
        let next = step.next.get(key);
        if (!next) {
          next = { here: [], first: item, next: new Map() };
          step.next.set(key, next);
        }
        step = next;
      }
      step.here.push(item);
    }
  }

  /** Those at this place and above it, from the root on. */
  onTheWayTo(path: ResponsePath): Of[] {
    const found = [...this.#root.here];
    let step: Step<Of> | undefined = this.#root;
    for (const key of path) {
      step = step.next.get(key);
      if (!step) break;
      found.push(...step.here);
    }
    return found;
  }

  /** One at this place or, if there is none, the nearest above it or the first below it. */
  nearest(path: ResponsePath): Of | undefined {
    let step: Step<Of> | undefined = this.#root;
    let found: Of | undefined;
    for (const key of path) {
      found = step.here[0] ?? found;
      step = step.next.get(key);
      if (!step) return found;
    }
    return step.here[0] ?? found ?? step.first;
  }
}
