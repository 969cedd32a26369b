import { type DataObject, isObject, own, setOwn } from './data.ts';

/**
 * Writes what a fetch brought into what is there already: objects key by key, lists of the same length item by item,
 * anything else is replaced.
 */
export function merge(target: DataObject, source: DataObject): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const present = key === '__proto__' ? own(target, key) : target[key];
    if (present === value || mergeInto(present, value)) continue;
    setOwn(target, key, value);
  }
}

/** Says whether the two could be merged; where not, the new value takes the place of the old one. */
function mergeInto(present: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (typeof present !== 'object' || present === null) return false;
  if (Array.isArray(value)) {
    if (!Array.isArray(present) || present.length !== value.length) return false;
    for (let i = 0; i < value.length; i++) {
      if (present[i] !== value[i] && !mergeInto(present[i], value[i])) present[i] = value[i];
    }
    return true;
  }
  if (!isObject(present) || !isObject(value)) return false;
  merge(present, value);
  return true;
}

/** A copy that shares nothing with its source. */
export function copy<T>(value: T): T;
export function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item));
  const result: DataObject = {};
  for (const [key, inner] of Object.entries(value)) setOwn(result, key, copy(inner));
  return result;
}
