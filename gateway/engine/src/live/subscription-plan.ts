import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { type FragmentDefinitionNode, GraphQLError, type SelectionSetNode } from 'graphql';
import type { Refused } from '../admission/authorization.ts';
import type { SplitOperation } from '../documents/deferral.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import { type CompiledOperation, compileOperation } from '../execution/compile.ts';
import { refusalMessage } from '../execution/refusal.ts';
import type { LoadedSupergraph } from '../loaded-supergraph.ts';
import { createFieldFilter, type FieldFilter } from '../planning/field-filter.ts';
import { operationAlone } from '../planning/plan-operation.ts';
import type { MadePlan } from '../planning/planning.ts';
import { isViewerIndependent } from '../supergraph/viewer-independent.ts';
import { type Resumption, resumptionOf, takesAfter } from './resumption.ts';

/** How a subscription is run. */
export interface SubscriptionPlan {
  /** Tells plans apart; one is made for an operation, what is refused of it and version of the supergraph. */
  id: number;
  /** Names the subgraph that owns the events, and what is asked of it. */
  primary: FetchNode;
  /** What is run for each event; its first fetch is the event itself. */
  perEvent: CompiledOperation;
  resumption: Resumption | null;
  takesAfter: boolean;
  isViewerIndependent: boolean;
}

/** The name under which the event itself takes the place of its subgraph in a plan. */
export const eventService = '(event)';

/** What is refused of a subscription. Throws GraphQLError where all of it is. */
export function filterOf(
  loaded: LoadedSupergraph,
  { document, operation }: Pick<SplitOperation, 'document' | 'operation'>,
  refused: Refused | null,
): FieldFilter | null {
  if (!refused) return null;
  const filter = createFieldFilter(loaded.schema, operationAlone(document, operation), refused);
  const rootField = rootFieldOf(operation.selectionSet, fragmentsOf(document));
  const root = loaded.schema.getSubscriptionType();
  if (root && filter.refuses(root, rootField)) throw refusal(filter.code, `${root}.${rootField}`);
  return filter;
}

export function subscriptionPlan(
  loaded: LoadedSupergraph,
  { document, operation }: SplitOperation,
  id: number,
  { plan: { node }, chars }: MadePlan,
  filter: FieldFilter | null,
): SubscriptionPlan {
  if (node?.kind !== 'Subscription') throw new Error('the planner made no subscription of a subscription');
  const fragments = fragmentsOf(document);
  const rootField = rootFieldOf(operation.selectionSet, fragments);
  const first: PlanNode = { ...node.primary, serviceName: eventService };
  return {
    id,
    primary: node.primary,
    resumption: resumptionOf(loaded.schema, rootField, node.primary.operation),
    takesAfter: takesAfter(loaded.schema, rootField),
    isViewerIndependent: isViewerIndependent(loaded.schema, loaded.viewerIndependent, operation, fragments),
    perEvent: compileOperation({
      schema: loaded.schema,
      supergraph: loaded.supergraphSchema,
      reservedKeys: loaded.reservedKeys,
      filter,
      document,
      operation,
      plan: { kind: 'QueryPlan', node: node.rest ? { kind: 'Sequence', nodes: [first, node.rest] } : first },
      planChars: chars,
    }),
  };
}

/** A validated subscription has one root field, wherever in fragments it stands. */
function rootFieldOf(
  set: SelectionSetNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): string {
  for (const selection of set.selections) {
    if (selection.kind === 'Field') return selection.name.value;
    const inner = selection.kind === 'InlineFragment' ? selection : fragments[selection.name.value];
    const found = inner && rootFieldOf(inner.selectionSet, fragments);
    if (found) return found;
  }
  return '';
}

const refusal = (code: Refused['code'], coordinate: string) =>
  new GraphQLError(refusalMessage(code, coordinate), { extensions: { code } });
