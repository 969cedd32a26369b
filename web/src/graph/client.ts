import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { OperationTypeNode } from 'graphql';
import { tap } from 'rxjs';
import { createAccessToken } from './access-token.ts';
import { createCache } from './cache.ts';
import { ResumingLink } from './resuming-link.ts';
import type { SessionChannel } from './session-channel.ts';
import { type Connection, openSocket } from './socket.ts';

/** The graph in a page of somebody who is signed in. */
export interface Graph {
  client: ApolloClient;
  /** Calls back now and at each change, until what it gives is called. */
  onConnection(listener: (now: Connection) => void): () => void;
  /** Calls back once it stops: what is followed across pages ends with it. */
  onStop(listener: () => void): void;
  stop(): void;
}

/**
 * Opens the graph for somebody at an address, absolute or of this host: requests by HTTP, what is live by one socket. Loaded after the page
 * is shown, and for members alone. A query with `overSocket` in its context goes over the socket too, behind what was asked
 * there before it.
 */
export function openGraph(
  address: string,
  viewerId: string,
  channel: SessionChannel,
  onSignedOut: () => void,
): Graph {
  const url = new URL(address, location.href).href;
  const token = createAccessToken(channel, viewerId, onSignedOut);
  const listeners = new Set<(now: Connection) => void>();
  const stops = new Set<() => void>();
  let connection: Connection = 'connecting';
  const socket = openSocket(url.replace(/^http/, 'ws'), token, {
    connection: (now) => {
      connection = now;
      for (const listener of listeners) listener(now);
    },
    signedOut: onSignedOut,
  });
  const withToken = new SetContextLink(async () => ({
    headers: { authorization: `Bearer ${await token.get()}` },
  }));
  const client = new ApolloClient({
    cache: createCache(),
    // Of what was asked for a component sees its own part, as its types say.
    dataMasking: true,
    clientAwareness: { name: 'socialhub-web' },
    link: ApolloLink.split(
      ({ operationType, getContext }) =>
        operationType === OperationTypeNode.SUBSCRIPTION || getContext().overSocket === true,
      new ResumingLink(socket),
      withToken.concat(tellAnswers).concat(new HttpLink({ uri: url, credentials: 'omit' })),
    ),
  });
  return {
    client,
    onConnection(listener) {
      listeners.add(listener);
      listener(connection);
      return () => listeners.delete(listener);
    },
    onStop: (listener) => void stops.add(listener),
    stop() {
      for (const listener of stops) listener();
      listeners.clear();
      client.stop();
      void socket.dispose();
      token.stop();
    },
  };
}

/** Tells who sent a change what was answered, before that is in the cache. */
const tellAnswers = new ApolloLink((operation, forward) => {
  const { onAnswer } = operation.getContext() as { onAnswer?: (answer: unknown) => void };
  return onAnswer ? forward(operation).pipe(tap(({ data }) => onAnswer(data))) : forward(operation);
});
