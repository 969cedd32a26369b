import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ApolloLink } from '@apollo/client/link';
import { print } from '@apollo/client/utilities';
import type { GraphQLFormattedError } from 'graphql';
import type { Client } from 'graphql-ws';
import { Observable } from 'rxjs';

/**
 * Sends subscriptions over the socket. graphql-ws subscribes again, after each break, with the same payload: its
 * `variables` are read at that moment and have the cursor of the last event as `after`, so that what was missed comes in
 * order and nothing comes twice.
 */
export class ResumingLink extends ApolloLink {
  readonly #socket: Client;

  constructor(socket: Client) {
    super();
    this.#socket = socket;
  }

  override request({ query, variables, operationName, extensions }: ApolloLink.Operation) {
    return new Observable<ApolloLink.Result>((observer) => {
      let after: string | undefined;
      const payload = {
        query: print(query),
        operationName,
        extensions,
        get variables() {
          return after === undefined ? variables : { ...variables, after };
        },
      };
      return this.#socket.subscribe(payload, {
        next(result) {
          after = cursorOf(result) ?? after;
          observer.next(result as ApolloLink.Result);
        },
        complete: () => observer.complete(),
        error: (error) => observer.error(asError(error)),
      });
    });
  }
}

/** Where the stream goes on behind an event: streams that resume have it beside what happened. */
function cursorOf({ data }: { data?: object | null }): string | undefined {
  const [event] = Object.values(data ?? {}) as ({ cursor?: unknown } | null)[];
  return typeof event?.cursor === 'string' ? event.cursor : undefined;
}

function asError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (Array.isArray(error)) return new CombinedGraphQLErrors({ errors: error as GraphQLFormattedError[] });
  return new Error('the socket was closed');
}
