import type { ApolloCache, OperationVariables, TypedDocumentNode, Unmasked } from '@apollo/client';
import type { Fault } from './faults.ts';

/** What came back: data may be partial beside faults, and is null when nothing did. */
export interface Outcome<Data> {
  data: Data | null;
  faults: Fault[];
}

/** What becomes of a change in the browser's cache, beyond what its answer says of the things in it. */
export interface InCache<Data> {
  /** The answer as it will be, shown until it is here and taken back where it is refused; none where that cannot be told. */
  expect?: (cache: ApolloCache) => Unmasked<Data> | null;
  /** Puts the answer, expected or real, where else it belongs. */
  update?: (cache: ApolloCache, answer: Unmasked<Data>) => void;
}

/**
 * Sends a change once and never throws for what the gateway or the network did: the server does for a form, the browser's client
 * where the graph is here. What a feature changes is written once, for both.
 */
export type Send = <Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  inCache?: InCache<NoInfer<Data>>,
) => Promise<Outcome<Data>>;
