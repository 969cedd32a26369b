import type { DataObject } from './data.ts';
import type { CompiledFetch } from './plan.ts';

/**
 * Why a fetch has brought nothing for an object: its subgraph says that there is no such entity, or it has failed and
 * its errors tell of that.
 */
export type Cause = 'absent' | 'failed';

/** The objects for which fetches have brought nothing though they were asked. Made when there is the first. */
export class Missing {
  readonly #byObject = new Map<DataObject, { fetch: CompiledFetch; cause: Cause }[]>();

  note(fetch: CompiledFetch, objects: readonly DataObject[], cause: Cause): void {
    for (const object of objects) {
      const known = this.#byObject.get(object);
      if (known) known.push({ fetch, cause });
      else this.#byObject.set(object, [{ fetch, cause }]);
    }
  }

  /** Has a copy stand for what its original stands for. */
  inherit(original: DataObject, copy: DataObject): void {
    const known = this.#byObject.get(original);
    if (known) this.#byObject.set(copy, [...known]);
  }

  /** A fetch that can't even be asked, for want of what others have not brought, has the cause of those. */
  noteUnasked(fetch: CompiledFetch, object: DataObject): void {
    const known = this.#byObject.get(object);
    if (known) known.push({ fetch, cause: causeAmong(known) ?? 'absent' });
  }

  /** Whether there is nothing that the object stands for, by the word of the only subgraph that can know. */
  isGone(object: DataObject): boolean {
    const noted = this.#byObject.get(object) ?? [];
    return noted.some(({ fetch, cause }) => cause === 'absent' && fetch.decides(object.__typename));
  }

  /** Why the object has no value under the key; undefined where no fetch that would have brought one is accounted for. */
  causeOf(object: DataObject, key: string): Cause | undefined {
    return causeAmong(this.#byObject.get(object)?.filter(({ fetch }) => fetch.brings().has(key)) ?? []);
  }
}

const causeAmong = (noted: readonly { cause: Cause }[]): Cause | undefined =>
  noted.some(({ cause }) => cause === 'failed') ? 'failed' : noted[0]?.cause;
