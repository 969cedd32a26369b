import { type DataObject, own } from './data.ts';
import type { Missing } from './missing.ts';
import type { CompiledFetch } from './plan.ts';
import type { Represent, TypeRepresentation } from './representation.ts';

/** What the subgraph is told of entities, and for each the objects that stand for it: it is asked for once. */
export function represent(
  fetch: CompiledFetch,
  of: Represent,
  targets: readonly DataObject[],
  missing: Missing | null,
): { representations: string[]; holders: DataObject[][] } {
  const indexes = new Indexes();
  const representations: string[] = [];
  const holders: DataObject[][] = [];
  for (const target of targets) {
    const representation = of(target.__typename);
    const { key, write } = representation;
    const value = key === null ? undefined : own(target, key);
    let text: string | null | undefined;
    let known: Map<unknown, number>;
    let identity: unknown = value;
    if (typeof value === 'string' || typeof value === 'number') {
      known = indexes.of(representation);
    } else {
      text = write(target);
      if (text === null) {
        missing?.noteUnasked(fetch, target);
        continue;
      }
      known = indexes.of(null);
      identity = fetch.retypes ? `${String(target.__typename)} ${text}` : text;
    }
    const index = known.get(identity);
    if (index !== undefined) {
      holders[index]?.push(target);
      continue;
    }
    text ??= write(target);
    if (text === null) {
      missing?.noteUnasked(fetch, target);
      continue;
    }
    known.set(identity, representations.length);
    representations.push(text);
    holders.push([target]);
  }
  return { representations, holders };
}

/** Where each entity is among those asked for: by its key's value among those of its type, or by all that is told of it. */
class Indexes {
  readonly #byType = new Map<TypeRepresentation | null, Map<unknown, number>>();
  /** Mostly all are of one type. */
  #last: TypeRepresentation | null | undefined;
  #lastIndexes: Map<unknown, number> = new Map();

  of(type: TypeRepresentation | null): Map<unknown, number> {
    if (type === this.#last) return this.#lastIndexes;
    let indexes = this.#byType.get(type);
    if (!indexes) {
      indexes = new Map();
      this.#byType.set(type, indexes);
    }
    this.#last = type;
    this.#lastIndexes = indexes;
    return indexes;
  }
}
