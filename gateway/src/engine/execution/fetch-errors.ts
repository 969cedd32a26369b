import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { DataObject } from './data.ts';
import { placeBefore, placesOf, type ResponsePath } from './path.ts';
import type { CompiledFetch } from './plan.ts';
import { clientKey } from './planned-keys.ts';

type ErrorPath = readonly (string | number)[] | undefined;

/**
 * Takes the errors of one subgraph's answer; `holders` are the objects that stand for each representation that was
 * sent. Gives the errors at their places in the answer to the client: one for each place that an entity has.
 */
export function errorsOf(
  fetch: CompiledFetch,
  errors: readonly GraphQLFormattedError[],
  root: DataObject,
  holders: readonly (readonly DataObject[])[],
): GraphQLError[] {
  let places: ReturnType<typeof placesOf> | undefined;

  const placesOfEntity = (index: number): readonly ResponsePath[] => {
    places ??= placesOf(root, fetch.path, new Set(holders.flat()));
    const known = places;
    return (holders[index] ?? []).flatMap((holder) => known.get(holder) ?? []);
  };

  const pathsOf = (path: ErrorPath): readonly (ResponsePath | undefined)[] => {
    if (!path) return [undefined];
    if (!fetch.represent) return [fetch.path.length === 0 ? path : [...placeBefore(fetch.path), ...path]];
    const [, index, ...rest] = path;
    const found = typeof index === 'number' ? placesOfEntity(index) : [];
    return found.length > 0 ? found.map((place) => [...place, ...rest]) : [placeBefore(fetch.path)];
  };

  return errors.flatMap((error) => pathsOf(error.path).map((path) => errorAt(error, fetch.subgraph, path)));
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
