import type { PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { SubgraphRequest } from '../../src/execution/subgraph-request.ts';

/** What a subgraph has left open for one of the fetches that a plan has for a place. */
export interface Gap {
  /** Keys with dots between them, lists left out. */
  place: string;
  /** Under which nothing came. */
  keys: ReadonlySet<string>;
  /** It said that the entity is not there, or its errors tell why nothing came. */
  cause: 'absent' | 'failed';
  /** Whether nothing came for any of the objects there: of a list one may lack what others have. */
  isOfAll: boolean;
}

interface PlannedFetch {
  text: string;
  place: string;
  keys: Set<string>;
  /** What it tells of the object, beside its type. */
  requires: Set<string>;
}

const placeOf = (path: readonly (string | number)[]) => path.filter((step) => step !== '@').join('.');

/** Reads what the answer to a request leaves open, from the plan and the answer alone. */
export function gapsOf(plan: QueryPlan, { parts }: SubgraphRequest, answer: unknown): Gap[] {
  const fetches = fetchesOf(plan.node as PlanNode | undefined);
  const { data, errors = [] } = answer as { data?: Record<string, unknown> | null; errors?: ErrorOfPart[] };
  // What came with others is asked again.
  if (!data && parts.length > 1) return [];
  return parts.flatMap(({ fetch }, position) => {
    const planned = fetches.find(
      ({ text, place }) => text === fetch.query && place === placeOf(fetch.planPath),
    );
    if (!planned) throw new Error(`the plan has no ${fetch.query}`);
    const gap = (cause: Gap['cause'], isOfAll: boolean): Gap => ({
      place: planned.place,
      keys: withDependents(planned, fetches),
      cause,
      isOfAll,
    });
    if (!data) return errors.length > 0 ? [gap('failed', true)] : [];
    if (!fetch.represent) return [];
    const alias = parts.length > 1 ? `_${position}` : '_entities';
    const own = errors.filter(({ path }) => parts.length === 1 || path?.[0] === alias);
    const entities = data[alias];
    if (!Array.isArray(entities)) return [];
    return entities.flatMap((entity, index) => {
      if (entity !== null) return [];
      const isFailed = own.some(({ path }) => typeof path?.[1] !== 'number' || path[1] === index);
      const isOfAll = entities.every((one) => one === null);
      return [gap(isFailed ? 'failed' : 'absent', isOfAll)];
    });
  });
}

type ErrorOfPart = { path?: (string | number)[] };

/** With what can't be asked for because it requires what did not come. */
function withDependents({ place, keys }: PlannedFetch, fetches: readonly PlannedFetch[]): Set<string> {
  const open = new Set(keys);
  for (let size = -1; size < open.size; ) {
    size = open.size;
    for (const other of fetches) {
      if (other.place !== place || ![...other.requires].some((key) => open.has(key))) continue;
      for (const key of other.keys) open.add(key);
    }
  }
  return open;
}

function fetchesOf(root: PlanNode | undefined): PlannedFetch[] {
  const fetches: PlannedFetch[] = [];
  const visit = (node: PlanNode, path: readonly (string | number)[]): void => {
    if (node.kind === 'Sequence' || node.kind === 'Parallel')
      for (const inner of node.nodes) visit(inner, path);
    if (node.kind === 'Flatten') visit(node.node, [...path, ...node.path]);
    if (node.kind === 'Condition') {
      for (const inner of [node.ifClause, node.elseClause]) if (inner) visit(inner, path);
    }
    if (node.kind !== 'Fetch') return;
    const keys = keysIn(node.operation, node.requires !== undefined);
    for (const rewrite of node.outputRewrites ?? []) {
      if (rewrite.kind === 'KeyRenamer') keys.add(rewrite.renameKeyTo);
    }
    fetches.push({
      text: node.operation,
      place: placeOf(path),
      keys,
      requires: requiredBy(node.requires ?? []),
    });
  };
  if (root) visit(root, []);
  return fetches;
}

function requiredBy(selections: readonly QueryPlanSelectionNode[], keys = new Set<string>()): Set<string> {
  for (const node of selections) {
    if (node.kind === 'InlineFragment') requiredBy(node.selections, keys);
    else if (node.name !== '__typename') keys.add(node.alias ?? node.name);
  }
  return keys;
}

function keysIn(operation: string, isOfEntities: boolean): Set<string> {
  const { definitions } = parse(operation);
  const keys = new Set<string>();
  const collect = ({ selections }: SelectionSetNode, depth: number): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (depth === 0) keys.add((selection.alias ?? selection.name).value);
        else if (selection.selectionSet) collect(selection.selectionSet, depth - 1);
      } else {
        const fragment = definitions.find(
          (node) =>
            selection.kind === Kind.FRAGMENT_SPREAD &&
            node.kind === Kind.FRAGMENT_DEFINITION &&
            node.name.value === selection.name.value,
        );
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragment;
        if (inner && 'selectionSet' in inner && inner.selectionSet) collect(inner.selectionSet, depth);
      }
    }
  };
  for (const node of definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION) collect(node.selectionSet, isOfEntities ? 1 : 0);
  }
  return keys;
}

/** The gap that accounts for a null which may not be at the path. */
export function gapAt(gaps: readonly Gap[], path: string): Gap | undefined {
  const steps = path.split('.').filter((step) => !/^\d+$/.test(step));
  const key = steps.pop() ?? '';
  const place = steps.join('.');
  const fitting = gaps.filter((gap) => gap.place === place && gap.keys.has(key));
  return fitting.find(({ cause }) => cause === 'failed') ?? fitting[0];
}
