import type { GraphQLError } from 'graphql';
import { type DataObject, isObject, own } from './data.ts';
import type { ResponsePath } from './path.ts';
import { PathTree } from './path-tree.ts';
import type { Completion, FieldShape, ObjectShape } from './shape.ts';
import type { Place } from './writing.ts';

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
  const field = fieldsOf(shape).get(path[at]);
  if (field) {
    const { completion, source } = field;
    if (completion === null || holdsWithin(completion, own(object, source), path, at + 1, deep)) return true;
  }
  return deep && shape.deferred.some((later) => holds(later.shape, object, path, at, deep));
}

const indexes = new WeakMap<ObjectShape, ReadonlyMap<unknown, FieldShape>>();

/** The fields of an object by their keys: there are as many as an operation has room for, and errors without end. */
function fieldsOf(shape: ObjectShape): ReadonlyMap<unknown, FieldShape> {
  let fields = indexes.get(shape);
  if (!fields) {
    fields = new Map(shape.fields.map((field) => [field.key, field]));
    indexes.set(shape, fields);
  }
  return fields;
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

/** A place where a part is written, with the errors that are told with it. */
export interface ToldPlace extends Place {
  errors: GraphQLError[];
}

/** Adds each error to the place that it is in. Gives those that are at places of parts to come. */
export function tellErrors(
  places: readonly ToldPlace[],
  own: readonly GraphQLError[],
  earlier: readonly GraphQLError[],
): GraphQLError[] {
  const tree = new PathTree(places, ({ path }) => path);
  const untold: GraphQLError[] = [];
  const find = (path: ResponsePath, deep: boolean) =>
    tree
      .onTheWayTo(path)
      .find(({ shape, object, path: place }) => holds(shape, object, path, place.length, deep));

  for (const error of earlier) {
    const path = error.path ?? [];
    const place = find(path, false);
    if (place) place.errors.push(error);
    else if (find(path, true)) untold.push(error);
  }
  for (const error of own) {
    const path = error.path ?? [];
    const place = find(path, false);
    if (place) place.errors.push(error);
    else if (find(path, true)) untold.push(error);
    else (tree.nearest(path) ?? places[0])?.errors.push(error);
  }
  return untold;
}
