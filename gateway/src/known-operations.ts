import { createRecent } from '@socialhub/platform/recent';
import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { CompiledOperation, LoadedSupergraph } from './engine/index.ts';

/** An operation that was parsed, validated and let through before: only what hangs on the request is left to do. */
export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The schema that it was validated with. */
  schema: GraphQLSchema;
  queryHash: string | undefined;
  /** What it was compiled to, and for which supergraph. */
  compiled?: { for: LoadedSupergraph; as: CompiledOperation };
}

/** Operations by their text and the name that a request gives beside it. */
export interface KnownOperations {
  find(query: string, operationName: string | undefined, schema: GraphQLSchema): KnownOperation | undefined;
  add(query: string, operationName: string | undefined, known: KnownOperation): void;
}

const maxOperations = 1000;
/** Longer ones are rare, and clients could fill memory with them. */
const maxQueryChars = 20_000;

/** Keeps the last `limit` operations that were asked for, and as many before them. */
export function createKnownOperations(limit = maxOperations): KnownOperations {
  const recent = createRecent<KnownOperation>(limit);
  // No text of GraphQL begins with a name and a zero byte.
  const keyOf = (query: string, name: string | undefined) =>
    name === undefined ? query : `${name}\0${query}`;

  return {
    find(query, operationName, schema) {
      const known = recent.get(keyOf(query, operationName));
      return known?.schema === schema ? known : undefined;
    },
    add(query, operationName, known) {
      if (query.length <= maxQueryChars) recent.set(keyOf(query, operationName), known);
    },
  };
}
