import { type DataObject, isObject, own } from './data.ts';
import type { ResponsePath } from './path.ts';
import type { Completion, ObjectShape } from './shape.ts';
import type { Place } from './write.ts';

/**
 * Whether a place is one of the answer's, or would be but for a null above it. What is deferred of the objects on the way
 * counts with `deep` alone.
 */
export function holds(
  shape: ObjectShape,
  object: DataObject,
  path: ResponsePath,
  at: number,
  deep: boolean,
): boolean {
  if (at >= path.length) return true;
  const field = shape.fields.find(({ key }) => key === path[at]);
  if (field) {
    const { completion, source } = field;
    if (completion === null || holdsWithin(completion, own(object, source), path, at + 1, deep)) return true;
  }
  return deep && shape.deferred.some((later) => holds(later.shape, object, path, at, deep));
}

function holdsWithin(
  { item, selection }: Completion,
  value: unknown,
  path: ResponsePath,
  at: number,
  deep: boolean,
): boolean {
  if (at >= path.length) return true;
  const step = path[at];
  if (item) {
    if (!Array.isArray(value) || typeof step !== 'number') return true;
    return holdsWithin(item, value[step], path, at + 1, deep);
  }
  if (!selection || !isObject(value)) return true;
  const shape = selection.only ?? selection.shapeOf(value.__typename);
  return shape === null || holds(shape, value, path, at, deep);
}

/** Places by where they are: finds those that are on the way to another. */
export class PlaceIndex<Of extends Pick<Place, 'path'>> {
  readonly #byPath = new Map<string, Of[]>();

  constructor(places: readonly Of[]) {
    for (const place of places) {
      const key = JSON.stringify(place.path);
      const known = this.#byPath.get(key);
      if (known) known.push(place);
      else this.#byPath.set(key, [place]);
    }
  }

  onTheWayTo(path: ResponsePath): Of[] {
    const found: Of[] = [];
    for (let length = 0; length <= path.length; length++) {
      found.push(...(this.#byPath.get(JSON.stringify(path.slice(0, length))) ?? []));
    }
    return found;
  }
}
