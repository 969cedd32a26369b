import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type DataObject, isObject, own, setOwn } from './data.ts';
import { quote } from './leaf.ts';
import { merge } from './merge.ts';
import type { Rewrite } from './rewrite.ts';
import { isOfType, isSubtype } from './types.ts';

/** Writes what a subgraph is told of an entity, as JSON; null when too little is known of it, or it is not of a type asked for. */
type WriteRepresentation = (entity: DataObject) => string | null;

/** How the entities of one type are told to a subgraph. */
export interface TypeRepresentation {
  readonly write: WriteRepresentation;
  /** The field whose value alone tells entities of the type apart, if it is a string or a number; null when it takes more. */
  readonly key: string | null;
}

/** Gives it for a `__typename`. */
export type Represent = (typename: unknown) => TypeRepresentation;

/** Compiles what a fetch requires. For most types that is a list of fields, written straight from the entity. */
export function compileRepresentation(
  supergraph: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewrite: Rewrite | undefined,
): Represent {
  const byObject: TypeRepresentation = {
    write(entity) {
      const representation = select(supergraph, entity, requires);
      if (!representation?.__typename) return null;
      rewrite?.(representation);
      return JSON.stringify(representation);
    },
    key: null,
  };
  if (rewrite) return () => byObject;

  const byType = new Map<unknown, TypeRepresentation>();
  return (typename) => {
    let known = byType.get(typename);
    if (!known) {
      known = representType(supergraph, requires, typename) ?? byObject;
      if (byType.size < 1000) byType.set(typename, known);
    }
    return known;
  };
}

/** The quick way, for a type of which one list of plain fields is asked. */
function representType(
  supergraph: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  typename: unknown,
): TypeRepresentation | undefined {
  if (typeof typename !== 'string') return undefined;
  const matching = requires.filter(
    (node) =>
      node.kind === 'Field' || (node.typeCondition && isSubtype(supergraph, typename, node.typeCondition)),
  );
  const [only] = matching;
  if (matching.length !== 1 || only?.kind !== 'InlineFragment') return undefined;
  if (!only.selections.some((node) => node.kind === 'Field' && node.name === '__typename')) {
    return undefined;
  }
  const write = fieldsWriter(only.selections);
  return write && { write, key: keyOf(only.selections) };
}

/** The one plain field beside `__typename`, when there is just one. */
function keyOf(selections: readonly QueryPlanSelectionNode[]): string | null {
  const [field, ...others] = selections.filter((node) => node.kind === 'Field' && node.name !== '__typename');
  return field?.kind === 'Field' && !field.selections && others.length === 0 ? sourceKey(field) : null;
}

function fieldsWriter(selections: readonly QueryPlanSelectionNode[]): WriteRepresentation | undefined {
  const keys = new Set<string>();
  const fields: { source: string; label: string; inner: WriteRepresentation | undefined }[] = [];
  for (const node of selections) {
    if (node.kind !== 'Field') return undefined;
    const key = node.name;
    if (keys.has(key)) return undefined;
    keys.add(key);
    const inner = node.selections ? fieldsWriter(node.selections) : undefined;
    if (node.selections && !inner) return undefined;
    fields.push({
      source: sourceKey(node),
      label: `${fields.length === 0 ? '{' : ','}${JSON.stringify(key)}:`,
      inner,
    });
  }
  if (fields.length === 0) return undefined;

  return (entity) => {
    let text = '';
    for (const { source, label, inner } of fields) {
      const value = own(entity, source);
      if (value === undefined) return null;
      text += label + (inner ? writeNested(value, inner) : writePlain(value));
    }
    return `${text}}`;
  };
}

const writePlain = (value: unknown): string =>
  typeof value === 'string' ? quote(value) : JSON.stringify(value);

function writeNested(value: unknown, inner: WriteRepresentation): string {
  if (Array.isArray(value)) return `[${value.map((item) => writeNested(item, inner)).join(',')}]`;
  return (isObject(value) ? inner(value) : null) ?? 'null';
}

/** The same for everything else. */
function select(
  supergraph: GraphQLSchema,
  source: DataObject,
  selections: readonly QueryPlanSelectionNode[],
): DataObject | null {
  const result: DataObject = {};
  for (const node of selections) {
    if (node.kind === 'Field') {
      const value = own(source, sourceKey(node));
      if (value === undefined) return null;
      setOwn(result, node.name, node.selections ? selectNested(supergraph, value, node.selections) : value);
    } else if (node.typeCondition && isOfType(supergraph, source, node.typeCondition, false)) {
      const part = select(supergraph, source, node.selections);
      if (part) merge(result, part);
    }
  }
  return result;
}

function selectNested(
  supergraph: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[],
): unknown {
  if (Array.isArray(value)) return value.map((item) => selectNested(supergraph, item, selections));
  return isObject(value) ? select(supergraph, value, selections) : null;
}

/** Where the data has it: for what is required with arguments, see required-arguments.ts. */
const sourceKey = (node: QueryPlanFieldNode): string => node.alias ?? node.name;
