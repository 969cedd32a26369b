import { type DataObject, isObject, own, setOwn } from './data.ts';
import type { Overlay } from './overlay.ts';

/**
 * Writes what a fetch brought into what is there already: objects key by key, lists of the same length item by item,
 * anything else is replaced. With an overlay, what is within the target may be written to once that has copied it.
 */
export function merge(target: DataObject, source: DataObject, overlay: Overlay | null = null): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const present = key === '__proto__' ? own(target, key) : target[key];
    if (present === value) continue;
    const merged = mergeInto(present, value, overlay);
    if (merged !== present) setOwn(target, key, merged);
  }
}

/** What is there now: the one with the other in it, or the new value where the two can't be merged. */
function mergeInto(present: unknown, value: unknown, overlay: Overlay | null): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (typeof present !== 'object' || present === null) return value;
  if (Array.isArray(value)) {
    if (!Array.isArray(present) || present.length !== value.length) return value;
    const list = overlay ? overlay.writable(present) : present;
    for (let i = 0; i < value.length; i++) {
      if (list[i] !== value[i]) list[i] = mergeInto(list[i], value[i], overlay);
    }
    return list;
  }
  if (!isObject(present) || !isObject(value)) return value;
  const object = overlay ? overlay.writable(present) : present;
  merge(object, value, overlay);
  return object;
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
