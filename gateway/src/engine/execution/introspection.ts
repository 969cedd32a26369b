import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** Answers `__schema` or `__type` as JSON, from the schema that clients see. */
export function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  nodes: readonly FieldNode[],
  key: string,
): string {
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
  if (errors?.[0]) throw errors[0];
  return JSON.stringify(data?.[key] ?? null);
}

/**
 * The same document as far as subgraphs have to do with it. The planner leaves introspection out by itself where it is
 * not in a fragment, and fails where it is.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
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
