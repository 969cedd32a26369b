import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { ConditionValues } from '../documents/conditions.ts';
import { deferredIndex } from '../documents/deferral.ts';
import type { FieldFilter } from '../planning/field-filter.ts';
import { type CollectFrom, collectFields } from './collect-fields.ts';
import { isInherited } from './data.ts';
import { leafWriter } from './leaf.ts';
import { pathWithin } from './planned-paths.ts';
import type { Completion, FieldShape, ObjectShape, Selection } from './shape.ts';

/** What the plan has made of the operation. */
export interface Planned {
  keyOf(node: FieldNode): string;
  paths: ReadonlySet<string>;
  filter: FieldFilter | null;
}

interface Compiling extends CollectFrom {
  planned: Planned;
}

/**
 * Works out the shape of an operation's answer for one combination of its conditions: fields merged in the order of
 * the specification, keys already written. What lies behind a type is worked out when that type is first met.
 */
export function compileShape(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: ConditionValues,
  planned: Planned,
): ObjectShape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  }
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation}`);
  return objectShape({ schema, fragments, values, planned }, root, [operation.selectionSet], '');
}

function objectShape(
  compiling: Compiling,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  path: string,
): ObjectShape {
  const { nodes, later } = collectFields(compiling, type, sets);
  const fields: FieldShape[] = [];
  for (const [key, same] of nodes) {
    const label = `${fields.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    const field = fieldShape(compiling, type, key, label, same, path);
    if (field) fields.push(field);
  }
  const deferred = later.map(({ directives, selectionSet }) => ({
    index: deferredIndex(directives) ?? 0,
    shape: objectShape(compiling, type, [selectionSet], path),
  }));
  return { typeName: type.name, fields, deferred };
}

function fieldShape(
  compiling: Compiling,
  parent: GraphQLCompositeType,
  key: string,
  label: string,
  nodes: readonly FieldNode[],
  path: string,
): FieldShape | null {
  const [node] = nodes;
  const name = node?.name.value ?? '';
  const source = node ? compiling.planned.keyOf(node) : key;
  const shape: FieldShape = {
    key,
    source,
    label,
    inherited: isInherited(source),
    coordinate: `${parent.name}.${name}`,
    introspection: null,
    typename: null,
    typenames: null,
    completion: null,
    refusal: null,
  };
  if (name === '__typename') {
    if (isObjectType(parent)) return { ...shape, typename: `"${parent.name}"` };
    const typenames = new Set(compiling.schema.getPossibleTypes(parent).map((type) => type.name));
    return { ...shape, typename: '', typenames };
  }
  if (name === '__schema' || name === '__type') return { ...shape, introspection: nodes };
  const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
  if (!field) return null;
  const { filter } = compiling.planned;
  const allowed = filter ? nodes.filter((one) => !filter.isNodeRefused(one)) : nodes;
  if (filter && (allowed.length === 0 || filter.refuses(parent, name))) {
    return { ...shape, refusal: { code: filter.code, nonNull: isNonNullType(field.type) } };
  }
  const place = pathWithin(path, source);
  const completion = completionOf(compiling, field.type, allowed, place);
  return { ...shape, completion: { ...completion, unplanned: !compiling.planned.paths.has(place) } };
}

function completionOf(
  compiling: Compiling,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  path: string,
): Completion {
  if (isNonNullType(type)) return { ...completionOf(compiling, type.ofType, nodes, path), nonNull: true };
  const completion: Completion = {
    nonNull: false,
    typeName: String(type),
    leaf: null,
    item: null,
    selection: null,
    unplanned: false,
  };
  if (isListType(type)) return { ...completion, item: completionOf(compiling, type.ofType, nodes, path) };
  if (isLeafType(type)) return { ...completion, leaf: leafWriter(type) };
  const sets = nodes.flatMap((node) => node.selectionSet ?? []);
  return { ...completion, selection: selectionOf(compiling, type, sets, path) };
}

function selectionOf(
  compiling: Compiling,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  path: string,
): Selection {
  const known = new Map<unknown, ObjectShape | null>();
  const shapeOf = (typename: unknown) => {
    let shape = known.get(typename);
    if (shape === undefined) {
      const met = runtimeType(compiling.schema, type, typename);
      shape = met ? objectShape(compiling, met, sets, path) : null;
      // What a subgraph calls its types is not ours to bound.
      if (shape || known.size < 100) known.set(typename, shape);
    }
    return shape;
  };
  if (!isObjectType(type)) return { only: null, shapeOf };
  let only: ObjectShape | undefined;
  return {
    get only() {
      only ??= objectShape(compiling, type, sets, path);
      return only;
    },
    shapeOf,
  };
}

/**
 * The type of a value. Of a value whose subgraph knows it as an object and others as an interface (`@interfaceObject`)
 * only the interface may be known.
 */
function runtimeType(
  schema: GraphQLSchema,
  declared: GraphQLCompositeType,
  typename: unknown,
): GraphQLCompositeType | null {
  if (typename === undefined || typename === null || typename === declared.name) return declared;
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isCompositeType(type) || !isAbstractType(declared) || !('getInterfaces' in type)) return null;
  return schema.isSubType(declared, type) ? type : null;
}
