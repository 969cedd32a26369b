import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isDatabaseUnavailable } from '../database/database-errors.ts';
import { CodedError, cutShort, isRequestFault } from '../errors.ts';
import type { Logger } from '../log.ts';

/**
 * Apollo Server's `formatError`: a CodedError passes as it is, a fault that GraphQL found in the request becomes
 * BAD_USER_INPUT, a database that does not answer is UNAVAILABLE, anything else is logged with its stack and leaves as INTERNAL_SERVER_ERROR without its text.
 */
export function maskErrors(log: Logger) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const original = (thrown instanceof GraphQLError && codesFault(thrown)) || thrown;
    if (original instanceof CodedError) {
      return { message: original.message, ...place, extensions: { ...original.extensions } };
    }
    const code = formatted.extensions?.code;
    const isClientsFault = isRequestFault(code) || code === 'BAD_USER_INPUT';
    if (isClientsFault && (original instanceof GraphQLError || original === thrown)) {
      return { message: cutShort(formatted.message), ...place, extensions: { code: 'BAD_USER_INPUT' } };
    }
    if (isDatabaseUnavailable(original)) {
      log.warn({ err: original, path: formatted.path?.join('.') }, 'the database did not answer');
      return { message: 'Temporarily unavailable', ...place, extensions: { code: 'UNAVAILABLE' } };
    }
    log.error({ err: original, path: formatted.path?.join('.') }, 'unexpected error in a resolver');
    return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };
}

/**
 * What a resolver threw, or the stream of a subscription, whose error has neither path nor place in the document. Beneath those that
 * GraphQL finds in a request there are others as well, of values of variables.
 */
export const codesFault = ({ path, nodes, originalError }: GraphQLError): Error | undefined =>
  path || !nodes ? originalError : undefined;
