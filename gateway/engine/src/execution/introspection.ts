import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { CompletionFault } from './completion-fault.ts';

/** What `__schema` or `__type` is answered with. */
export interface Introspected {
  /** JSON; undefined for a null that has to go on to the parent. */
  text: string | undefined;
  /** What is wrong with values that only variables have, at their places in the answer. */
  faults: readonly CompletionFault[];
}

/** Answers `__schema` or `__type` from the schema that clients see. */
export function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  nodes: readonly FieldNode[],
  key: string,
): Introspected {
  const { data, errors } = executeSync({
    schema,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: nodes } },
        ...document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION),
      ],
    },
    rootValue: {},
    variableValues: { ...variables },
  });
  return {
    text: data ? JSON.stringify(data[key] ?? null) : undefined,
    faults: (errors ?? []).map(({ message, path }) => ({
      message,
      path: [...(path ?? [key])].reverse(),
      code: 'BAD_USER_INPUT',
    })),
  };
}
