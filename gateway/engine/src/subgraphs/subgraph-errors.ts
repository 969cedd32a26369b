import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Extensions of a subgraph's error that may go on to the client, when its code may. */
const passedExtensions = ['field', 'retryAfter'] as const;

/** Takes what a subgraph wrote as an error, gives what may be said of it to a client. */
export type MaskSubgraphError = (error: unknown) => GraphQLFormattedError;

/**
 * An error whose code is in the closed list keeps message, path, `field` and `retryAfter`. Any other keeps its path
 * alone: subgraphs are not trusted to say nothing internal.
 */
export function createMaskSubgraphError(passedCodes: ReadonlySet<string>): MaskSubgraphError {
  return (error) => {
    const { message, path, extensions } = isRecord(error) ? error : {};
    const known = isRecord(extensions) ? extensions : {};
    const place = isPath(path) ? { path } : {};
    if (typeof known.code !== 'string' || !passedCodes.has(known.code) || typeof message !== 'string') {
      return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    }
    const passed: Record<string, unknown> = { code: known.code };
    for (const name of passedExtensions) if (known[name] !== undefined) passed[name] = known[name];
    return { message, ...place, extensions: passed };
  };
}

/** A part of the graph does not answer. Says nothing of where it is or why. */
export function unavailable(path?: readonly (string | number)[]): GraphQLError {
  return new GraphQLError('A part of the service is temporarily unavailable', {
    ...(path && path.length > 0 && { path }),
    extensions: { code: 'UNAVAILABLE' },
  });
}

/** Whoever asks has as much under way as one may have: nothing of this was begun. */
export function tooMuchAtOnce(path: readonly (string | number)[]): GraphQLError {
  return new GraphQLError('Too much is asked at once', {
    ...(path.length > 0 && { path }),
    extensions: { code: 'RATE_LIMITED', retryAfter: 1 },
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPath = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number');
