import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { CompletionFault } from './write.ts';

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

/**
 * The same document as far as subgraphs have to do with it. What introspection may ask is judged by the schema that
 * answers it, which has been asked before: the planner's own knows less, and fails over introspection in fragments.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    FragmentDefinition: (node) => (isIntrospectionType(node.typeCondition) ? null : undefined),
    Field(node) {
      if (node.name.value !== '__schema' && node.name.value !== '__type') return undefined;
      const { directives } = node;
      return {
        kind: Kind.FIELD,
        name: { kind: Kind.NAME, value: '__typename' },
        ...(directives && { directives }),
      };
    },
  });
}

const isIntrospectionType = ({ name }: NamedTypeNode) => name.value.startsWith('__');
