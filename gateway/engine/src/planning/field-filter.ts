import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Refused } from '../admission/authorization.ts';
import { typename } from './planned-document.ts';

/** What of an operation is answered with null because the caller may not have it. */
export interface FieldFilter {
  readonly code: Refused['code'];
  /** Refused for what it is asked of, as the document says it: an interface, say, whatever is met behind it. */
  isNodeRefused(node: FieldNode): boolean;
  /** Refused for the type that is met; of an interface where it is not known which of its types that is. */
  refuses(type: GraphQLCompositeType, field: string): boolean;
}

/** Takes the document as the client sent it. */
export function createFieldFilter(
  schema: GraphQLSchema,
  document: DocumentNode,
  { code, coordinates }: Refused,
): FieldFilter {
  const nodes = new Set<FieldNode>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        if (parent && refusesItself(coordinates, parent, node.name.value)) nodes.add(node);
      },
    }),
  );
  return {
    code,
    isNodeRefused: (node) => nodes.has(node),
    refuses: (type, field) => refusesAny(schema, coordinates, type, field),
  };
}

/**
 * The document without what is refused, for the planner: nothing that comes only for the client's sake is fetched.
 * A field of an interface of which some types refuse it is asked of the others one by one.
 */
export function withoutRefused(
  schema: GraphQLSchema,
  document: DocumentNode,
  { coordinates }: Pick<Refused, 'coordinates'>,
): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        const name = node.name.value;
        if (!parent || name.startsWith('__')) return undefined;
        if (refusesItself(coordinates, parent, name)) return null;
        if (!isAbstractType(parent)) return undefined;
        const possible = schema.getPossibleTypes(parent);
        const open = possible.filter((type) => !refusesItself(coordinates, type, name));
        if (open.length === possible.length) return undefined;
        return open.length === 0 ? null : perType(node, open);
      },
      SelectionSet: {
        leave: (set) => (set.selections.length === 0 ? { ...set, selections: [typename] } : undefined),
      },
    }),
  );
}

function perType(node: FieldNode, types: readonly GraphQLCompositeType[]): SelectionNode {
  const selections = types.map(
    ({ name }): SelectionNode => ({
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
      selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
    }),
  );
  return { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** For the type, for the field, or for what the field gives. `__typename` tells of the schema, not of the data. */
function refusesItself(coordinates: ReadonlySet<string>, type: GraphQLCompositeType, name: string): boolean {
  if (name.startsWith('__')) return false;
  if (coordinates.has(type.name) || coordinates.has(`${type.name}.${name}`)) return true;
  const field = 'getFields' in type ? type.getFields()[name] : undefined;
  return field !== undefined && coordinates.has(getNamedType(field.type).name);
}

function refusesAny(
  schema: GraphQLSchema,
  coordinates: ReadonlySet<string>,
  type: GraphQLCompositeType,
  name: string,
): boolean {
  if (refusesItself(coordinates, type, name)) return true;
  if (!isAbstractType(type)) return false;
  return schema.getPossibleTypes(type).some((possible) => refusesItself(coordinates, possible, name));
}
