/** What was asked for last: at least `size` of it, at most twice as much. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  clear(): void;
}

/**
 * Two generations instead of an order: when the young one is full the old one is forgotten, and what was not asked for
 * meanwhile with it. `size` is a number of values, or a sum of what each of them weighs: bytes, where they differ.
 */
export function createRecent<Value>(
  size: number,
  weigh: (value: Value, key: string) => number = () => 1,
): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  let weight = 0;

  const remove = (key: string) => {
    const known = young.get(key);
    if (known === undefined) return;
    weight -= weigh(known, key);
    young.delete(key);
  };
  const set = (key: string, value: Value) => {
    remove(key);
    const added = weigh(value, key);
    // What is heavier than a generation would drive out all others for itself alone.
    if (added > size) return;
    if (weight + added > size) {
      old = young;
      young = new Map();
      weight = 0;
    }
    young.set(key, value);
    weight += added;
  };

  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const aged = old.get(key);
      if (aged !== undefined) set(key, aged);
      return aged;
    },
    set,
    delete(key) {
      remove(key);
      old.delete(key);
    },
    clear() {
      young.clear();
      old.clear();
      weight = 0;
    },
  };
}
