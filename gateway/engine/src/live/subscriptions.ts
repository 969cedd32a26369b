import type { GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import { operationToCheck, type Refused } from '../admission/authorization.ts';
import { coerceVariables } from '../admission/variables.ts';
import { splitOperation } from '../documents/deferral.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import { execute as executeCompiled } from '../execution/execute.ts';
import { createOperationCache, type OperationCache } from '../execution/operation-cache.ts';
import type { FindRefusedFields, PlanNew } from '../execution/operation-executor.ts';
import type { LoadedSupergraph } from '../loaded-supergraph.ts';
import type { EngineLog } from '../log.ts';
import { unavailable } from '../subgraphs/subgraph-errors.ts';
import type { Subgraphs } from '../subgraphs/subgraphs.ts';
import type { LiveStream, Serialise } from './event-source.ts';
import { createGroups, type Groups } from './groups.ts';
import { eventService, filterOf, type SubscriptionPlan, subscriptionPlan } from './subscription-plan.ts';

/** A subscription that has been validated and authorised. */
export interface SubscriptionRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/**
 * `cost` is that of the operation, or 0 where strangers share what is fetched. What it throws instead of running, all who have
 * the event fetched together are told, and their subscriptions end.
 */
export type RunEventInTurn<Context> = (
  run: () => Promise<string>,
  context: Context,
  cost: number,
) => Promise<string>;

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
  inTurn: RunEventInTurn<Context>;
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
      const cost = loaded.price({ operation, fragments: fragmentsOf(document), variables });
      const source = {
        socket,
        query: resumption?.query ?? primary.operation,
        operationName: primary.operationName,
        variables: pick(request.variables, primary.variableUsages ?? []),
        resumption,
        key: groupKey(plan, coerced, viewerKeyOf(context)),
        maxWaitingEvents,
        extensions: (present: Context) => extensionsFor(primary.serviceName, present),
        execute: (event: ExecutionResult, present: Context, members: number) =>
          options.inTurn(
            async () => serialise(await execute(request, plan, event, present)),
            present,
            plan.isViewerIndependent && members > 1 ? 0 : cost,
          ),
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

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in variables).map((name) => [name, variables[name]]));
}
