import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type ConditionValues, isIncluded } from '../documents/conditions.ts';
import { deferredIndex } from '../documents/deferral.ts';
import type { FieldFilter } from '../planning/field-filter.ts';
import { isInherited } from './data.ts';
import { leafWriter, type WriteLeaf } from './leaf.ts';
import { pathWithin } from './planned-paths.ts';

/** How the value of one type becomes a part of the answer. */
export interface Completion {
  readonly nonNull: boolean;
  /** As errors name it. */
  readonly typeName: string;
  /** One of the three is there. */
  readonly leaf: WriteLeaf | null;
  readonly item: Completion | null;
  readonly selection: Selection | null;
  /** No fetch of the plan brings it. */
  readonly unplanned: boolean;
}

/** One key of an object of the answer. */
export interface FieldShape {
  readonly key: string;
  /** The key of the value in the data that subgraphs have brought. */
  readonly source: string;
  /** What stands before the value: a brace or a comma, and the key. */
  readonly label: string;
  readonly inherited: boolean;
  /** As errors name it. */
  readonly coordinate: string;
  /** `__schema` and `__type` are answered from the schema; the nodes say what is asked of them. */
  readonly introspection: readonly FieldNode[] | null;
  /** The text of a `__typename`; empty where the type is not known to be an object's. */
  readonly typename: string | null;
  /** Where it is empty: what it may be, if the value says it under this key alone. */
  readonly typenames: ReadonlySet<unknown> | null;
  readonly completion: Completion | null;
  /** The caller may not have it: it is null, whatever has been fetched. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly code: string;
  readonly nonNull: boolean;
}

/** An object of the answer whose type is known. */
export interface ObjectShape {
  readonly typeName: string;
  readonly fields: readonly FieldShape[];
  readonly deferred: readonly DeferredShape[];
}

/** What comes of an object in a later part. */
export interface DeferredShape {
  /** Its place among the deferred fragments of the operation. */
  readonly index: number;
  readonly shape: ObjectShape;
}

/** What is selected from a value whose type may be known only when it is there. */
export interface Selection {
  /** The one shape there is, when the type is an object's. */
  readonly only: ObjectShape | null;
  /** By what the value says of its type; null when that is not a type that can stand here. */
  shapeOf(typename: unknown): ObjectShape | null;
}

/** What the plan has made of the operation. */
export interface Planned {
  keyOf(node: FieldNode): string;
  paths: ReadonlySet<string>;
  filter: FieldFilter | null;
}

interface Compiling {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  values: ConditionValues;
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
  const nodes = new Map<string, FieldNode[]>();
  const later: InlineFragmentNode[] = [];
  const entered = new Set<string>();
  for (const set of sets) collect(compiling, type, set, { nodes, later, entered });
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

interface Collected {
  nodes: Map<string, FieldNode[]>;
  /** Fragments that are deferred. */
  later: InlineFragmentNode[];
  entered: Set<string>;
}

/** CollectFields of the specification. */
function collect(
  compiling: Compiling,
  type: GraphQLCompositeType,
  set: SelectionSetNode,
  collected: Collected,
): void {
  const { nodes, later, entered } = collected;
  for (const selection of set.selections) {
    if (!isIncluded(selection.directives, compiling.values)) continue;
    if (selection.kind === 'Field') {
      const key = (selection.alias ?? selection.name).value;
      const same = nodes.get(key);
      if (same) same.push(selection);
      else nodes.set(key, [selection]);
    } else if (selection.kind === 'InlineFragment') {
      const condition = selection.typeCondition?.name.value;
      if (!applies(compiling.schema, condition, type)) continue;
      if (deferredIndex(selection.directives) !== null) later.push(selection);
      else collect(compiling, type, selection.selectionSet, collected);
    } else {
      const name = selection.name.value;
      const fragment = compiling.fragments.get(name);
      if (!fragment || entered.has(name)) continue;
      entered.add(name);
      if (applies(compiling.schema, fragment.typeCondition.name.value, type)) {
        collect(compiling, type, fragment.selectionSet, collected);
      }
    }
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const asked = schema.getType(condition);
  return isAbstractType(asked) && 'getInterfaces' in type && schema.isSubType(asked, type);
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
