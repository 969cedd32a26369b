import { unwrapResolverError } from '@apollo/server/errors';
import { SubscriptionRefused } from '@socialhub/federation-engine';
import { cutShort, errorCodes, publicCode } from '@socialhub/platform/errors';
import type { Logger } from '@socialhub/platform/log';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

export type FormatError = (formatted: GraphQLFormattedError, thrown: unknown) => GraphQLFormattedError;

/** What automatic persisted queries say to clients; the protocol wants these very codes. */
const protocolCodes = new Set(['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED']);
/** What clients may read beside the code. */
const publicExtensions = ['field', 'retryAfter', 'limit', 'cost'] as const;
const maxLocations = 10;
const suggestion = /[:,]? ?Did you mean .+\?$/s;

/**
 * The one place through which every error leaves the gateway. An error with a public code keeps its message; a
 * fault in the request itself becomes BAD_USER_INPUT; anything else is logged and leaves without its text. With
 * `hideSuggestions` messages don't tell what the schema has instead.
 */
export function createFormatError(options: { log: Logger; hideSuggestions: boolean }): FormatError {
  const { log, hideSuggestions } = options;
  return (formatted, thrown) => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations.slice(0, maxLocations) }),
      ...(formatted.path && { path: formatted.path }),
    };
    const given = formatted.extensions ?? {};
    if (protocolCodes.has(String(given.code))) {
      return { message: formatted.message, extensions: { code: given.code } };
    }
    // What ApolloGateway throws of its own accord about a request, beside what GraphQL itself does.
    const code = given.code === 'INVALID_GRAPHQL' ? 'BAD_USER_INPUT' : publicCode(given.code);
    const extensions: Record<string, unknown> = { code };
    if (code === 'INTERNAL_SERVER_ERROR') {
      if (!isFromSubgraph(given)) {
        const err = unwrapResolverError(thrown);
        log.error({ err, path: formatted.path?.join('.') }, 'unexpected error in the gateway');
      }
      return { message: 'Internal server error', ...place, extensions };
    }
    for (const name of publicExtensions) if (given[name] !== undefined) extensions[name] = given[name];
    // Some name what the client sent, whatever its size.
    const message = cutShort(hideSuggestions ? formatted.message.replace(suggestion, '') : formatted.message);
    return { message, ...place, extensions };
  };
}

/** The subgraph that failed has logged why. */
const isFromSubgraph = (extensions: Record<string, unknown>) => typeof extensions.serviceName === 'string';

/** Formats an error that did not come by way of Apollo Server. */
export function formatThrown(format: FormatError, thrown: unknown): GraphQLFormattedError {
  const error = thrown instanceof GraphQLError ? thrown : new GraphQLError('Internal server error');
  return format(error.toJSON(), thrown);
}

/** The codes that subgraphs' errors may carry to clients. */
export const passedCodes: ReadonlySet<string> = new Set(
  errorCodes.filter((code) => code !== 'INTERNAL_SERVER_ERROR'),
);

/** Formats the errors of a result, but for those that have been formatted already. */
export const formatAll = (errors: readonly unknown[], format: FormatError): GraphQLFormattedError[] =>
  errors.map((error) =>
    error instanceof GraphQLError ? formatThrown(format, error) : (error as GraphQLFormattedError),
  );

/** How clients are told that a subscription could not start or go on. */
export const errorsOfEnd = (thrown: unknown, format: FormatError): readonly GraphQLFormattedError[] =>
  thrown instanceof SubscriptionRefused ? thrown.errors : [formatThrown(format, thrown)];
