import { operationFromDocument } from '@apollo/federation-internals';
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  GraphQLError,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Events } from './event-source.ts';
import type { LoadedSupergraph } from './loaded.ts';
import type { EngineLog } from './log.ts';
import { unavailable } from './subgraph-errors.ts';
import type { Subgraphs } from './subgraphs.ts';

/** A subscription that has been validated and authorised. */
export interface SubscriptionRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

interface SubscriptionPlan {
  /** Names the subgraph that owns the events, and what is asked of it. */
  primary: FetchNode;
  /** What is run for each event; its first fetch is the event itself. */
  perEvent: QueryPlan;
}

/** The name under which the event itself takes the place of its subgraph in a plan. */
const eventService = '(event)';

/**
 * Gives the function that runs subscriptions. The owning subgraph is subscribed to what the query planner calls
 * primary; for every event the rest of the plan runs through the executor that queries run through, with headers
 * made for that moment. Events keep their order. An error within an event is in that event's result. The
 * function throws GraphQLError with code BAD_USER_INPUT for variables that don't fit; the events end
 * with UNAVAILABLE when the subgraph is lost, and with SubscriptionRefused when it refuses.
 */
export function createSubscribe<Context extends object>(options: {
  subgraphs: Subgraphs;
  extensionsFor: (subgraph: string, context: Context) => Record<string, unknown>;
  log: EngineLog;
}) {
  const { subgraphs, extensionsFor, log } = options;
  const plans = new WeakMap<LoadedSupergraph, WeakMap<OperationDefinitionNode, SubscriptionPlan>>();

  const planOf = (loaded: LoadedSupergraph, request: SubscriptionRequest): SubscriptionPlan => {
    let known = plans.get(loaded);
    if (!known) {
      known = new WeakMap();
      plans.set(loaded, known);
    }
    let plan = known.get(request.operation);
    if (!plan) {
      plan = planSubscription(loaded, request);
      known.set(request.operation, plan);
    }
    return plan;
  };

  return (loaded: LoadedSupergraph, request: SubscriptionRequest, context: Context): Events => {
    checkVariables(loaded, request);
    const { primary, perEvent } = planOf(loaded, request);
    const socket = subgraphs.socket(primary.serviceName);
    if (!socket) throw unavailable();
    const upstream = socket.subscribe({
      query: primary.operation,
      operationName: primary.operationName,
      variables: pick(request.variables, primary.variableUsages ?? []),
      extensions: () => extensionsFor(primary.serviceName, context),
    });

    const execute = async (event: ExecutionResult): Promise<ExecutionResult> => {
      const stub: GraphQLDataSource = { process: async () => event as EventResponse };
      const services = { ...subgraphs.dataSources(), [eventService]: stub };
      const { operation, document } = request;
      return (await executeQueryPlan(
        perEvent,
        services,
        requestContextOf(request, context, log),
        { schema: loaded.schema, operation, fragments: fragmentsOf(document) },
        loaded.supergraphSchema,
        loaded.apiSchema,
      )) as ExecutionResult;
    };

    const results: Events = {
      [Symbol.asyncIterator]: () => results,
      async next() {
        const event = await upstream.next();
        return event.done ? event : { done: false, value: await execute(event.value) };
      },
      return: () => upstream.return(),
    };
    return results;
  };
}

type EventResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;
type RequestContext = Parameters<typeof executeQueryPlan>[2];

function planSubscription(loaded: LoadedSupergraph, request: SubscriptionRequest): SubscriptionPlan {
  const operation = operationFromDocument(
    loaded.apiSchema,
    {
      kind: Kind.DOCUMENT,
      definitions: [request.operation, ...Object.values(fragmentsOf(request.document))],
    },
    { validate: false },
  );
  const { node } = loaded.planner.buildQueryPlan(operation);
  if (node?.kind !== 'Subscription') throw new Error('the planner made no subscription of a subscription');
  const first: PlanNode = { ...node.primary, serviceName: eventService };
  return {
    primary: node.primary,
    perEvent: {
      kind: 'QueryPlan',
      node: node.rest ? { kind: 'Sequence', nodes: [first, node.rest] } : first,
    },
  };
}

function checkVariables({ schema }: LoadedSupergraph, { operation, variables }: SubscriptionRequest): void {
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (errors?.[0]) throw badInput(errors[0].message);
}

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
  }
  return fragments;
}

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in variables).map((name) => [name, variables[name]]));
}

/** As much of Apollo Server's request context as the executor reads. */
function requestContextOf(request: SubscriptionRequest, context: object, log: EngineLog): RequestContext {
  const partial = {
    request: { variables: request.variables },
    document: request.document,
    operation: request.operation,
    context,
    metrics: {},
    logger: apolloLogger(log),
  };
  return partial as unknown as RequestContext;
}

/** Apollo's packages log plain messages. */
export function apolloLogger(log: EngineLog) {
  const to = (level: keyof EngineLog) => (message?: unknown) =>
    log[level]({ from: 'apollo' }, String(message));
  return { debug: to('debug'), info: to('debug'), warn: to('warn'), error: to('error') };
}
