import { type DataObject, isObject, own } from './data.ts';

/** The way of a plan through the answer: keys, and null for "every item of the list". */
export type PlanPath = readonly (string | null)[];

export type ResponsePath = readonly (string | number)[];

export function compilePath(path: readonly (string | number)[]): PlanPath {
  return path.map((step) => {
    if (typeof step !== 'string') throw new Error(`a plan's path has the step ${step}`);
    return step === '@' ? null : step;
  });
}

/** Every object at the end of the way. One that is held in several places is given once. */
export function objectsAt(root: DataObject, path: PlanPath, shared: ReadonlySet<unknown>): DataObject[] {
  const found: DataObject[] = [];
  const seen: Set<unknown> | null = shared.size > 0 ? new Set() : null;

  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (seen !== null && shared.has(value)) {
      if (seen.has(value)) return;
      seen.add(value);
    }
    if (Array.isArray(value)) {
      // Lists are entered whether the plan says so or not: it says so for as many as the schema has.
      const next = path[depth] === null ? depth + 1 : depth;
      for (let i = 0; i < value.length; i++) walk(value[i], next);
    } else if (depth === path.length) {
      found.push(value as DataObject);
    } else {
      const step = path[depth];
      if (typeof step === 'string') walk(own(value as DataObject, step), depth + 1);
    }
  };
  walk(root, 0);
  return found;
}

/** All the places in the answer that hold one of the objects. */
export function placesOf(
  root: DataObject,
  path: PlanPath,
  objects: ReadonlySet<DataObject>,
): Map<DataObject, ResponsePath[]> {
  const places = new Map<DataObject, ResponsePath[]>();
  const here: (string | number)[] = [];

  const walk = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      const next = path[depth] === null ? depth + 1 : depth;
      value.forEach((item, index) => {
        here.push(index);
        walk(item, next);
        here.pop();
      });
    } else if (isObject(value) && depth === path.length) {
      if (!objects.has(value)) return;
      const known = places.get(value);
      if (known) known.push([...here]);
      else places.set(value, [[...here]]);
    } else if (isObject(value)) {
      const step = path[depth];
      if (typeof step !== 'string') return;
      here.push(step);
      walk(own(value, step), depth + 1);
      here.pop();
    }
  };
  walk(root, 0);
  return places;
}

/** As much of the way as is one place: not into lists. */
export function placeBefore(path: PlanPath): string[] {
  const keys: string[] = [];
  for (const step of path) {
    if (step === null) break;
    keys.push(step);
  }
  return keys;
}
