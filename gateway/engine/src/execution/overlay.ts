import { type DataObject, own, setOwn } from './data.ts';
import type { PlanPath } from './path.ts';

/** What is noted of objects, and is noted of their copies, too. */
interface Noted {
  inherit(original: DataObject, copy: DataObject): void;
}

/**
 * What one deferred part of an answer changes in the data that it begins with. Other parts begin with the same data and
 * run meanwhile: what this one writes to is copied first, so that none of them sees it.
 */
export class Overlay {
  readonly #copies = new Map<object, object>();
  readonly #own = new Set<object>();
  readonly #shared: Set<unknown>;
  readonly #noted: Noted;

  /** What is held in more than one place is so when it is copied, too. */
  constructor(shared: Set<unknown>, noted: Noted) {
    this.#shared = shared;
    this.#noted = noted;
  }

  /** What stands for an object or a list now. */
  current<Value extends object>(value: Value): Value {
    return (this.#copies.get(value) as Value | undefined) ?? value;
  }

  /** The same, to be written to. */
  writable<Value extends object>(value: Value): Value {
    const current = this.current(value);
    if (this.#own.has(current)) return current;
    const copy = (Array.isArray(current) ? [...current] : { ...current }) as Value;
    this.#copies.set(value, copy);
    this.#own.add(copy);
    if (this.#shared.has(value)) this.#shared.add(copy);
    this.#noted.inherit(value as DataObject, copy as DataObject);
    return copy;
  }

  /** Every object at the end of the way, to be written to; see objectsAt. */
  objectsAt(root: DataObject, path: PlanPath): DataObject[] {
    const found: DataObject[] = [];
    const seen = new Set<unknown>();

    const walk = (value: object, depth: number): void => {
      if (this.#shared.has(value)) {
        if (seen.has(value)) return;
        seen.add(value);
      }
      if (Array.isArray(value)) {
        const next = path[depth] === null ? depth + 1 : depth;
        for (let i = 0; i < value.length; i++) {
          const item: unknown = value[i];
          if (typeof item !== 'object' || item === null) continue;
          const mine = this.writable(item);
          value[i] = mine;
          walk(mine, next);
        }
      } else if (depth === path.length) {
        found.push(value as DataObject);
      } else {
        const step = path[depth];
        const inner = typeof step === 'string' ? own(value as DataObject, step) : undefined;
        if (typeof step !== 'string' || typeof inner !== 'object' || inner === null) return;
        const mine = this.writable(inner);
        if (mine !== inner) setOwn(value as DataObject, step, mine);
        walk(mine, depth + 1);
      }
    };
    walk(root, 0);
    return found;
  }
}
