import { parseSelectionSet, type SelectionSet } from '@apollo/federation-internals';
import type {
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanner,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

/** What a field requires: ways of field names with dots, and the key that the plan has the last of them under. */
type Needs = ReadonlyMap<string, string>;

/** By subgraph, type and field. Only what requires something with arguments is in it. */
export type RequiredArguments = ReadonlyMap<string, Needs>;

/** Clients' aliases that begin in this way are given another one; see planned-keys.ts. */
export const requiredPrefix = '__required_';

/** The field's name, of a key that is made here; any other key as it is. */
export const fieldRequiredAs = (key: string): string =>
  key.startsWith(requiredPrefix) ? key.slice(requiredPrefix.length).replace(/^\d+_/, '') : key;

/** As much of the planner's graph as is touched here. */
interface Edge {
  head: { source: string };
  transition: { kind: string; definition?: { coordinate: string } };
  _conditions?: SelectionSet;
}
interface QueryGraph {
  allVertices(): Iterable<unknown>;
  outEdges(vertex: unknown, includeTrivial: boolean): Iterable<Edge>;
}

/**
 * The planner fetches a field that `@requires` names with arguments under the field's own name, so that two with
 * different arguments become one. Gives each combination of field and arguments a key of its own in the planner's
 * graph, before it has planned anything. Throws where the planner is not made as it is known to be.
 */
export function separateRequiredArguments(planner: QueryPlanner): RequiredArguments {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph?: QueryGraph };
  if (!graph) throw new Error('the query planner has no graph where it is looked for');
  const required = new Map<string, Needs>();
  const keys = new Map<string, string>();

  const keyOf = (node: FieldNode): string => {
    const asked = print({ ...node, selectionSet: undefined });
    let key = keys.get(asked);
    if (!key) {
      key = `${requiredPrefix}${keys.size}_${node.name.value}`;
      keys.set(asked, key);
    }
    return key;
  };

  for (const vertex of graph.allVertices()) {
    for (const edge of graph.outEdges(vertex, true)) {
      const { _conditions: conditions, transition } = edge;
      if (!conditions || transition.kind !== 'FieldCollection' || !transition.definition) continue;
      const document = parse(conditions.toString(), { noLocation: true });
      const aliased = visit(document, {
        Field(node) {
          if (!node.arguments?.length) return undefined;
          return { ...node, alias: { kind: Kind.NAME, value: keyOf(node) } };
        },
      });
      if (aliased === document) continue;
      edge._conditions = parseSelectionSet({ parentType: conditions.parentType, source: print(aliased) });
      required.set(`${edge.head.source} ${transition.definition.coordinate}`, needsOf(aliased));
    }
  }
  return required;
}

function needsOf(document: DocumentNode): Needs {
  const needs = new Map<string, string>();
  const collect = (set: SelectionSetNode, way: string) => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        const inner = way + node.name.value;
        needs.set(inner, (node.alias ?? node.name).value);
        if (node.selectionSet) collect(node.selectionSet, `${inner}.`);
      } else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet, way);
    }
  };
  for (const node of document.definitions) if ('selectionSet' in node) collect(node.selectionSet, '');
  return needs;
}

/** The same plan with its fetches told apart by what their fields require, which the planner has left out. */
export function withRequiredArguments(plan: QueryPlan, required: RequiredArguments): QueryPlan {
  if (required.size === 0 || !plan.node || plan.node.kind === 'Subscription') return plan;
  return { ...plan, node: separate(plan.node, required) };
}

function separate(node: PlanNode, required: RequiredArguments): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((inner) => separate(inner, required)) };
    case 'Flatten':
      return { ...node, node: separate(node.node, required) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause && { ifClause: separate(node.ifClause, required) }),
        ...(node.elseClause && { elseClause: separate(node.elseClause, required) }),
      };
    case 'Defer':
      return {
        ...node,
        primary: separateWithin(node.primary, required),
        deferred: node.deferred.map((one) => separateWithin(one, required)),
      };
    case 'Fetch':
      return separateFetch(node, required);
  }
}

const separateWithin = <Around extends { node?: PlanNode }>(
  around: Around,
  required: RequiredArguments,
): Around => (around.node ? { ...around, node: separate(around.node, required) } : around);

/** Fields of one fetch that can be told the same entity, by the type that they are asked of. */
type Part = Map<string, Map<string, string>>;

function separateFetch(fetch: FetchNode, required: RequiredArguments): PlanNode {
  const { requires } = fetch;
  if (!requires) return fetch;
  const document = parse(fetch.operation, { noLocation: true });
  const parts: Part[] = [new Map()];
  const places = new Map<FieldNode, number>();
  eachEntityField(document, (node, type) => {
    const needs = required.get(`${fetch.serviceName} ${type}.${node.name.value}`) ?? noNeeds;
    let place = parts.findIndex((part) => fits(part.get(type), needs));
    if (place < 0) place = parts.push(new Map()) - 1;
    const part = parts[place];
    part?.set(type, new Map([...(part.get(type) ?? []), ...needs]));
    places.set(node, place);
  });
  if (parts.every((part) => [...part.values()].every(({ size }) => size === 0))) return fetch;

  const fetches = parts.map((part, place): FetchNode => {
    const told = requires.map((node) => requiresOf(node, part, parts));
    if (parts.length === 1) return { ...fetch, requires: told };
    const operation = withFields(document, (node) => (places.get(node) ?? place) === place);
    return { ...fetch, requires: told, operation: stripIgnoredCharacters(print(operation)) };
  });
  const [only] = fetches;
  return fetches.length === 1 && only ? only : { kind: 'Parallel', nodes: fetches };
}

const noNeeds: Needs = new Map();

const fits = (known: Needs | undefined, needs: Needs): boolean =>
  !known || [...needs].every(([way, key]) => (known.get(way) ?? key) === key);

/** The fields of entities themselves that a fetch asks for, with the type that it asks them of. */
function eachEntityField(document: DocumentNode, use: (node: FieldNode, type: string) => void): void {
  const collect = (set: SelectionSetNode, type: string) => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) use(node, type);
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        collect(node.selectionSet, node.typeCondition?.name.value ?? type);
      }
    }
  };
  for (const entities of entitiesOf(document)) if (entities.selectionSet) collect(entities.selectionSet, '');
}

const entitiesOf = ({ definitions }: DocumentNode): FieldNode[] =>
  definitions
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .flatMap(({ selectionSet }) => selectionSet.selections)
    .filter((node): node is FieldNode => node.kind === Kind.FIELD);

/** The operation with those fields of its entities alone that are kept. */
function withFields(document: DocumentNode, keep: (node: FieldNode) => boolean): DocumentNode {
  const keptOf = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) return keep(node) ? [node] : [];
      if (node.kind !== Kind.INLINE_FRAGMENT) return [node];
      const selectionSet = keptOf(node.selectionSet);
      return selectionSet.selections.length > 0 ? [{ ...node, selectionSet }] : [];
    }),
  });
  const entities = new Set(entitiesOf(document));
  return visit(document, {
    Field(node) {
      if (!entities.has(node) || !node.selectionSet) return undefined;
      return { ...node, selectionSet: keptOf(node.selectionSet) };
    },
  });
}

/** What a subgraph that knows an interface as an object is told of, it may be told of by the name of the type. */
function typeFor(condition: string, parts: readonly Part[]): string {
  const types = new Set(parts.flatMap((part) => [...part.keys()]));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : condition;
}

/** What is told of an entity for one part; an alias there is the key of the value in the data. */
function requiresOf(
  node: QueryPlanSelectionNode,
  part: Part,
  parts: readonly Part[],
): QueryPlanSelectionNode {
  if (node.kind !== 'InlineFragment') return node;
  const type = typeFor(node.typeCondition ?? '', parts);
  const own = part.get(type) ?? noNeeds;
  const all = parts.map((one) => one.get(type) ?? noNeeds);

  const toldOf = (nodes: readonly QueryPlanSelectionNode[], way: string): QueryPlanSelectionNode[] => {
    const names = new Set<string>();
    return nodes.flatMap((one): QueryPlanSelectionNode[] => {
      if (one.kind !== 'Field') return [{ ...one, selections: toldOf(one.selections, way) }];
      const inner = way + one.name;
      const key = own.get(inner);
      // Another part's: it is not to be told of here, and may not have come.
      const isForeign =
        key === undefined && all.some((needs) => needs.get(inner)?.startsWith(requiredPrefix));
      if (names.has(one.name) || isForeign) return [];
      names.add(one.name);
      const selections = one.selections && toldOf(one.selections, `${inner}.`);
      if (selections?.length === 0) return [];
      const alias = key !== undefined && key !== one.name ? { alias: key } : {};
      return [{ ...one, ...alias, ...(selections && { selections }) }];
    });
  };
  return { ...node, selections: toldOf(node.selections, '') };
}
