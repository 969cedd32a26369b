import type { ApolloCache, OperationVariables, TypedDocumentNode, Unmasked } from '@apollo/client';

/** Gives how a post stands in the cache, as a fragment of its own says; null where that is not known. */
export const standingOf = <Data>(
  cache: ApolloCache,
  fragment: TypedDocumentNode<Data, OperationVariables>,
  postId: string,
): Unmasked<Data> | null => cache.readFragment({ fragment, id: `Post:${postId}` });
