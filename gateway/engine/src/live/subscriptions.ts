import type { GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { operationToCheck, type Refused } from '../admission/authorization.ts';
import { coerceVariables } from '../admission/variables.ts';
import { type SplitOperation, splitOperation } from '../documents/deferral.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import { type CompiledOperation, compileOperation } from '../execution/compile.ts';
import { execute as executeCompiled } from '../execution/execute.ts';
import { createOperationCache, type OperationCache } from '../execution/operation-cache.ts';
import type { FindRefusedFields, PlanNew } from '../execution/operation-executor.ts';
import { refusalMessage } from '../execution/write.ts';
import type { LoadedSupergraph } from '../loaded-supergraph.ts';
import type { EngineLog } from '../log.ts';
import { createFieldFilter, type FieldFilter } from '../planning/field-filter.ts';
import { operationAlone } from '../planning/plan-operation.ts';
import type { MadePlan } from '../planning/planning.ts';
import { unavailable } from '../subgraphs/subgraph-errors.ts';
import type { Subgraphs } from '../subgraphs/subgraphs.ts';
import { isViewerIndependent } from '../supergraph/viewer-independent.ts';
import type { LiveStream, Serialise } from './event-source.ts';
import { createGroups, type Groups } from './groups.ts';
import { type Resumption, resumptionOf, takesAfter } from './resumption.ts';

/** A subscription that has been validated and authorised. */
export interface SubscriptionRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

interface SubscriptionPlan {
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
const eventService = '(event)';

/** Of plans, twice at most; those of subscriptions that run are kept by these as well. */
const maxKeptBytes = 16_000_000;

export interface Subscriptions<Context extends object> {
  /**
   * Throws GraphQLError with code BAD_USER_INPUT for variables that don't fit, UNAVAILABLE without the subgraph,
   * UNAUTHENTICATED or FORBIDDEN where nothing of its events may be had, and what Planning.plan throws.
   */
  subscribe(
    loaded: LoadedSupergraph,
    request: SubscriptionRequest,
    context: Context,
    serialise: Serialise,
  ): Promise<LiveStream>;
  size: Groups<Context>['size'];
}

/**
 * Runs subscriptions. The owning subgraph is subscribed to what the query planner calls primary; for every event
 * the rest of the plan runs through the executor that queries run through, with headers made for that moment.
 * Events keep their order. An error within an event is in that event's result. Subscriptions that have the same
 * answer run as one; see groupKey. One whose subgraph is lost goes on from its last cursor where it can (see
 * resumptionOf), and ends with UNAVAILABLE where it can't; it ends with SubscriptionRefused when it is refused.
 */
export function createSubscriptions<Context extends object>(options: {
  subgraphs: Subgraphs;
  extensionsFor: (subgraph: string, context: Context) => Record<string, unknown>;
  planNew: PlanNew<Context>;
  /** There where fields are filtered. */
  findRefused?: FindRefusedFields<Context> | undefined;
  /** See EngineOptions. */
  viewerKeyOf: (context: Context) => string | null;
  contextFor: (member: Context, signal: AbortSignal) => Context;
  maxWaitingEvents: number;
  log: EngineLog;
}): Subscriptions<Context> {
  const { subgraphs, extensionsFor, viewerKeyOf, maxWaitingEvents } = options;
  const plans = new WeakMap<LoadedSupergraph, OperationCache<SubscriptionPlan>>();
  const groups = createGroups<Context>(options.contextFor, options.log);
  let planned = 0;

  const planOf = async (
    loaded: LoadedSupergraph,
    request: SubscriptionRequest,
    refused: Refused | null,
    context: Context,
  ): Promise<SubscriptionPlan> => {
    let kept = plans.get(loaded);
    if (!kept) {
      kept = createOperationCache(maxKeptBytes);
      plans.set(loaded, kept);
    }
    const { document, operation } = request;
    const variant = refused?.key ?? '';
    const known = kept.get(operation, variant);
    if (known) return known;
    // Events are whole.
    const whole = splitOperation(document, operation, null);
    const filter = filterOf(loaded, whole, refused);
    // Those who have the same plan share their work: there is to be one.
    return kept.make(operation, variant, async () => {
      const made = await options.planNew(loaded, whole, document, refused, context);
      planned += 1;
      const value = subscriptionPlan(loaded, whole, planned, made, filter);
      return { value, bytes: value.perEvent.bytes };
    });
  };

  function execute(
    request: SubscriptionRequest,
    plan: SubscriptionPlan,
    event: ExecutionResult,
    context: Context,
  ): Promise<ExecutionResult> {
    const stub: GraphQLDataSource = { process: async () => event as EventResponse };
    const services = subgraphs.dataSources();
    // Its data is printed, and prints itself as what it stands for.
    return executeCompiled(plan.perEvent, {
      subgraph: (name) => (name === eventService ? stub : services[name]),
      variables: request.variables,
      context,
      isOfMany: true,
    }) as Promise<unknown> as Promise<ExecutionResult>;
  }

  return {
    size: groups.size,
    async subscribe(loaded, request, context, serialise) {
      const { document, operation, variables } = request;
      const { errors, coerced } = coerceVariables(loaded, operation, variables);
      if (errors) throw errors[0];
      const refused =
        options.findRefused?.(loaded, operationToCheck(document, operation, variables), context) ?? null;
      const plan = await planOf(loaded, request, refused, context);
      const { primary, resumption } = plan;
      const socket = subgraphs.socket(primary.serviceName);
      if (!socket) throw unavailable();
      const source = {
        socket,
        query: resumption?.query ?? primary.operation,
        operationName: primary.operationName,
        variables: pick(request.variables, primary.variableUsages ?? []),
        resumption,
        key: groupKey(plan, coerced, viewerKeyOf(context)),
        maxWaitingEvents,
        extensions: (present: Context) => extensionsFor(primary.serviceName, present),
        execute: async (event: ExecutionResult, present: Context) =>
          serialise(await execute(request, plan, event, present)),
      };
      return groups.stream(source, context);
    },
  };
}

/**
 * Subscriptions with the same key have the same events: the same operation and variables, and the same viewer,
 * unless nothing that they select depends on who that is. What begins in the past is nobody else's.
 */
function groupKey(
  plan: SubscriptionPlan,
  variables: Readonly<Record<string, unknown>>,
  viewer: string | null,
): string | null {
  // Without the convention there is no telling what `after` was given; with it, only null begins now.
  if (plan.takesAfter && plan.resumption?.afterOf(variables) != null) return null;
  if (plan.takesAfter && !plan.resumption) return null;
  if (!plan.isViewerIndependent && viewer === null) return null;
  // A member's identity goes to the subgraphs for all, so those who have one don't mix with those who have none.
  const whose = plan.isViewerIndependent ? (viewer === null ? 'nobody' : 'everybody') : `viewer ${viewer}`;
  return `${plan.id} ${JSON.stringify(variables)} ${whose}`;
}

type EventResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** What is refused of a subscription. Throws GraphQLError where all of it is. */
function filterOf(
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

function subscriptionPlan(
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

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in variables).map((name) => [name, variables[name]]));
}

/** Apollo's packages log plain messages. */
export function apolloLogger(log: EngineLog) {
  const to = (level: keyof EngineLog) => (message?: unknown) =>
    log[level]({ from: 'apollo' }, String(message));
  return { debug: to('debug'), info: to('debug'), warn: to('warn'), error: to('error') };
}
