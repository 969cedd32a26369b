import 'server-only';
import { ApolloClient, InMemoryCache, type OperationVariables } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createClient } from 'graphql-ws';
import { gatewayAddress } from './address.ts';
import type { Caller } from './client.ts';

/** Node's WebSocket takes headers for the handshake, which the types of browsers do not know. */
const socketWith = (headers: Record<string, string>) =>
  class extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, { protocols, headers } as unknown as string);
    }
  };

/**
 * Subscribes at the gateway until the subscription ends, fails or the signal says so: `data` for each event, `end`
 * once. Does not come back by itself: whoever reads here does, with their last cursor.
 */
export function subscribe<Data, Variables extends OperationVariables>(
  subscription: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
  signal: AbortSignal,
  on: { data: (data: Data) => void; end: () => void },
): void {
  const socket = createClient({
    webSocketImpl: socketWith(caller.headers ?? {}),
    url: gatewayAddress().replace(/^http/, 'ws'),
    connectionParams: { authorization: `Bearer ${caller.accessToken}` },
    retryAttempts: 0,
    connectionAckWaitTimeout: 8_000,
    keepAlive: 20_000,
  });
  const client = new ApolloClient({
    ssrMode: true,
    cache: new InMemoryCache(),
    link: new GraphQLWsLink(socket),
  });
  const observed = client
    .subscribe<Data, OperationVariables>({
      query: subscription,
      variables,
      fetchPolicy: 'no-cache',
      errorPolicy: 'none',
    })
    .subscribe({
      next: ({ data, error }) => {
        if (data) on.data(data as Data);
        if (error) end();
      },
      error: () => end(),
      complete: () => end(),
    });
  let ended = false;
  function end() {
    if (ended) return;
    ended = true;
    observed?.unsubscribe();
    void socket.dispose();
    on.end();
  }
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
}
