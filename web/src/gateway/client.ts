import 'server-only';
import { ApolloClient, HttpLink, InMemoryCache, type OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { gatewayAddress } from './address.ts';
import { faultsOf } from './faults.ts';
import type { Outcome, Send } from './send.ts';

export type { Outcome };

const TIMEOUT_MS = 8_000;

/** Who asks: the access token, and headers of the browser's own request worth passing on. */
export interface Caller {
  accessToken?: string | undefined;
  headers?: Record<string, string>;
}

// One client a call: nothing that one person read may be cached where another's request can find it.
function clientFor(caller: Caller, until?: AbortSignal): ApolloClient {
  // The gateway stands beside: to compress for it and inflate again costs both more than it saves.
  const headers: Record<string, string> = { 'accept-encoding': 'identity', ...caller.headers };
  if (caller.accessToken) headers.authorization = `Bearer ${caller.accessToken}`;
  return new ApolloClient({
    ssrMode: true,
    cache: new InMemoryCache(),
    clientAwareness: { name: 'socialhub-web' },
    link: new HttpLink({
      uri: gatewayAddress(),
      headers,
      fetch: (input, init) => {
        const signals = [AbortSignal.timeout(TIMEOUT_MS), init?.signal, until].filter((one) => one != null);
        return fetch(input, { ...init, signal: AbortSignal.any(signals), cache: 'no-store' });
      },
    }),
  });
}

const settings = { errorPolicy: 'all', fetchPolicy: 'no-cache' } as const;

/** Asks the gateway a query, until it is aborted; never throws for what the gateway or the network did: see faults. */
export function ask<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
  until?: AbortSignal,
): Promise<Outcome<Data>> {
  return outcomeOf(() =>
    clientFor(caller, until).query<Data, OperationVariables>({ query, variables, ...settings }),
  );
}

/** Runs a mutation once, without a retry; never throws for what the gateway or the network did: see faults. */
export function change<Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
): Promise<Outcome<Data>> {
  return outcomeOf(() =>
    clientFor(caller).mutate<Data, OperationVariables>({ mutation, variables, ...settings }),
  );
}

/** Sends changes for a caller: what a form does without the graph. */
export const sendAs =
  (caller: Caller): Send =>
  (mutation, variables) =>
    change(mutation, variables, caller);

async function outcomeOf<Data>(
  run: () => Promise<{ data?: unknown; error?: unknown }>,
): Promise<Outcome<Data>> {
  try {
    const { data, error } = await run();
    return { data: (data as Data | undefined) ?? null, faults: faultsOf(error) };
  } catch (error) {
    return { data: null, faults: faultsOf(error) };
  }
}
