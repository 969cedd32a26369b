import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { clientKey } from '../planning/planned-keys.ts';
import { type DataObject, isObject, own } from './data.ts';
import { placeBefore, placesOf, type ResponsePath } from './path.ts';
import type { CompiledFetch } from './plan.ts';

type ErrorPath = readonly (string | number)[] | undefined;

/** An error at its place in the answer. */
export interface PlacedError {
  error: GraphQLError;
  /** Where above it the subgraph gave null for it, if that is within what the fetch brought. */
  nulled: ResponsePath | null;
}

/**
 * Takes the errors of one subgraph's answer; `holders` are the objects that stand for each representation that was
 * sent. Gives the errors at their places in the answer to the client: one for each place that an entity has.
 */
export function errorsOf(
  fetch: CompiledFetch,
  data: DataObject | null,
  errors: readonly GraphQLFormattedError[],
  root: DataObject,
  holders: readonly (readonly DataObject[])[],
): PlacedError[] {
  let places: ReturnType<typeof placesOf> | undefined;

  const placesOfEntity = (index: number): readonly ResponsePath[] => {
    places ??= placesOf(root, fetch.path, new Set(holders.flat()));
    const known = places;
    return (holders[index] ?? []).flatMap((holder) => known.get(holder) ?? []);
  };

  const at = (error: GraphQLFormattedError, place: ResponsePath | undefined, rest: ResponsePath = []) => {
    const path = place && [...place, ...rest];
    const below = rest.length > 0 ? stepsBelowNull(data, error.path, rest.length) : 0;
    const nulled = path && below > 0 ? path.slice(0, -below).map(asClients) : null;
    return { error: errorAt(error, fetch.subgraph, path), nulled };
  };

  return errors.flatMap((error) => {
    const { path } = error;
    if (!path) return [at(error, undefined)];
    if (!fetch.represent) return [at(error, placeBefore(fetch.path), path)];
    const [, index, ...rest] = path;
    const found = typeof index === 'number' ? placesOfEntity(index) : [];
    return found.length > 0
      ? found.map((place) => at(error, place, rest))
      : [at(error, placeBefore(fetch.path))];
  });
}

/** Tells of each entity of a fetch whether an error is about it. One that does not say whose it is may be about any. */
export function failedEntities(errors: readonly GraphQLFormattedError[]): (index: number) => boolean {
  const failed = new Set<number>();
  for (const { path } of errors) {
    const index = path?.[1];
    if (typeof index !== 'number') return () => true;
    failed.add(index);
  }
  return (index) => failed.has(index);
}

/** How far the error is below the null that was given for it, when that stands among the last `within` steps. */
function stepsBelowNull(data: unknown, path: ErrorPath = [], within: number): number {
  let value = data;
  for (let depth = 0; depth < path.length; depth++) {
    const below = path.length - depth;
    if (value === null) return below < within ? below : 0;
    const step = path[depth];
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else value = isObject(value) && step !== undefined ? own(value, step) : undefined;
  }
  return 0;
}

function errorAt(error: GraphQLFormattedError, subgraph: string, path: ResponsePath | undefined) {
  return new GraphQLError(error.message || `Error while fetching subquery from service "${subgraph}"`, {
    // As it is in the subgraph's answer, for whoever logs it.
    originalError: error as unknown as Error,
    ...(path && path.length > 0 && { path: path.map(asClients) }),
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName: subgraph },
  });
}

const asClients = (step: string | number) => (typeof step === 'string' ? clientKey(step) : step);
