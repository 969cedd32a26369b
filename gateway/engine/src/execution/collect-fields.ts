import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  type SelectionSetNode,
} from 'graphql';
import { type ConditionValues, isIncluded } from '../documents/conditions.ts';
import { deferredIndex } from '../documents/deferral.ts';

/** What fields are collected of. */
export interface CollectFrom {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  values: ConditionValues;
}

/** The nodes of the fields that an object has, by their keys and in the order of the specification. */
export interface Collected {
  nodes: Map<string, FieldNode[]>;
  /** Fragments that are deferred. */
  later: InlineFragmentNode[];
}

/** CollectFields of the specification. */
export function collectFields(
  from: CollectFrom,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): Collected {
  const collecting: Collecting = { nodes: new Map(), later: [], entered: new Set() };
  for (const set of sets) collect(from, type, set, collecting);
  return collecting;
}

interface Collecting extends Collected {
  entered: Set<string>;
}

function collect(
  from: CollectFrom,
  type: GraphQLCompositeType,
  set: SelectionSetNode,
  collecting: Collecting,
): void {
  const { nodes, later, entered } = collecting;
  for (const selection of set.selections) {
    if (!isIncluded(selection.directives, from.values)) continue;
    if (selection.kind === 'Field') {
      const key = (selection.alias ?? selection.name).value;
      const same = nodes.get(key);
      if (same) same.push(selection);
      else nodes.set(key, [selection]);
    } else if (selection.kind === 'InlineFragment') {
      const condition = selection.typeCondition?.name.value;
      if (!applies(from.schema, condition, type)) continue;
      if (deferredIndex(selection.directives) !== null) later.push(selection);
      else collect(from, type, selection.selectionSet, collecting);
    } else {
      const name = selection.name.value;
      const fragment = from.fragments.get(name);
      if (!fragment || entered.has(name)) continue;
      entered.add(name);
      if (applies(from.schema, fragment.typeCondition.name.value, type)) {
        collect(from, type, fragment.selectionSet, collecting);
      }
    }
  }
}

function applies(schema: GraphQLSchema, condition: string | undefined, type: GraphQLCompositeType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const asked = schema.getType(condition);
  return isAbstractType(asked) && 'getInterfaces' in type && schema.isSubType(asked, type);
}
