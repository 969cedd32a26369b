import { type DocumentNode, Kind, type NamedTypeNode, visit } from 'graphql';

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
