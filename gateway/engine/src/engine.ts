import type { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, type GraphQLSchema, print } from 'graphql';
import { apolloLogger, withoutTelemetry } from './apollo.ts';
import { deferralOf } from './documents/deferral.ts';
import type { EngineOptions, Hooks } from './engine-options.ts';
import type { PrintedResult } from './execution/execute.ts';
import type { ResultPart } from './execution/execute-incrementally.ts';
import {
  createOperationExecutor,
  type FindRefusedFields,
  type PlanNew,
} from './execution/operation-executor.ts';
import type { LiveStream, Serialise } from './live/event-source.ts';
import { createSubscriptions } from './live/subscriptions.ts';
import { type LoadedSupergraph, loadSupergraph } from './loaded-supergraph.ts';
import { createPlanning, type Planning } from './planning/planning.ts';
import { createDocuments, type PreparedDocument, type PreparedOperation, prepareAgain } from './prepare.ts';
import type { SubgraphState } from './subgraphs/data-source.ts';
import { defaultFetchOptions } from './subgraphs/fetch-options.ts';
import { createMaskSubgraphError } from './subgraphs/subgraph-errors.ts';
import { createSubgraphs } from './subgraphs/subgraphs.ts';
import { defaultSocketOptions } from './subgraphs/upstream-operation.ts';
import type { RequirementIndex } from './supergraph/supergraph.ts';
import { supergraphFile } from './supergraph/supergraph-file.ts';
import { loadSupergraphFrom } from './supergraph/supergraph-loader.ts';
import { defaultPolling, isUrl, supergraphAtUrl } from './supergraph/supergraph-url.ts';

/** How an engine and its subgraphs are doing. */
export interface EngineState {
  /** Operations that wait to be validated or planned. */
  planning: { waiting: number };
  /** Subscriptions that run, and the groups that they form. */
  subscriptions: { groups: number; subscribers: number };
  subgraphs: Record<string, SubgraphState>;
}

/** A federated supergraph that can be queried and subscribed to. Knows nothing of the product that it serves. */
export interface Engine<Context extends object> {
  /** What Apollo Server is given as its gateway: queries and mutations. It loads the supergraph when it starts. */
  readonly gateway: ApolloGateway;
  /** Whether what a caller may not have is null in the answer; see EngineOptions.grantOf. */
  readonly isFiltering: boolean;
  /** Loads the supergraph; not needed where Apollo Server starts `gateway`. */
  start(): Promise<void>;
  use(hooks: Hooks<Context>): void;
  /**
   * What is known of a text: its faults, or its operations, ready to be authorised, priced and run. Answers at once where
   * the text is known; a new one is validated in the planning thread. `pay` is called then, in place of the hook
   * `newOperation`. Throws as Planning.validate does.
   */
  prepare(text: string, context: Context, pay?: () => void): PreparedDocument | Promise<PreparedDocument>;
  /** The same operation for the supergraph that `schema` belongs to. Throws GraphQLError where it does not fit. */
  prepareAgain(operation: PreparedOperation, schema: GraphQLSchema): PreparedOperation;
  /** Runs a query or a mutation: variables are checked and what is new is planned. Throws GraphQLError where there is no plan. */
  execute(
    operation: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ): Promise<PrintedResult>;
  /** Whether any `@defer` of a query or a mutation holds; `execute` looks at none. */
  defers(operation: PreparedOperation, variables: Readonly<Record<string, unknown>>): boolean;
  /** Runs one of which that is so; see OperationExecutor.executeIncrementally. */
  executeIncrementally(
    operation: PreparedOperation,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
    deliver: (part: ResultPart) => void,
  ): Promise<void>;
  /** Starts a subscription; see createSubscriptions for how it fails. `serialise` has to be the same for all. */
  subscribe(
    operation: PreparedOperation,
    variables: Record<string, unknown>,
    context: Context,
    serialise: Serialise,
  ): Promise<LiveStream>;
  state(): EngineState;
  /** Closes the connections to the subgraphs; to be called when Apollo Server has stopped. */
  close(): Promise<void>;
}

/** Makes an engine; it loads its supergraph when it is started, or when Apollo Server starts its gateway. */
export function createEngine<Context extends object>(options: EngineOptions<Context>): Engine<Context> {
  const { log, headersFor, extensionsFor } = options;
  const socket = { ...defaultSocketOptions, ...options.socket };
  /** Of contexts that were made for groups of subscribers. */
  const groupSignals = new WeakMap<Context, AbortSignal>();
  const subgraphs = createSubgraphs({
    urlOf: options.urlOf ?? ((_name, url) => url),
    fetchOf: (name) => ({ ...defaultFetchOptions, ...options.fetch, ...options.fetchOf?.(name) }),
    watch: options.watchFetch,
    socket,
    headersFor,
    handshakeHeadersFor: options.handshakeHeadersFor,
    batchSuffix: options.batchSuffix,
    localOf: options.localOf,
    signalOf: (context) => groupSignals.get(context) ?? options.signalOf?.(context),
    shareOf: options.shareOf,
    maskError: createMaskSubgraphError(options.errorCodes),
    log,
  });

  let requirements: RequirementIndex = new Map();
  let current: LoadedSupergraph | undefined;
  let served: Supergraph | undefined;
  const bySchema = new WeakMap<GraphQLSchema, LoadedSupergraph>();
  /** An operation keeps to the subgraphs that it was planned for. */
  const sources = new WeakMap<LoadedSupergraph, Readonly<Record<string, GraphQLDataSource>>>();

  /** Its thread starts while the supergraph is loaded here. */
  let planning: { sdl: string; of: Planning } | undefined;
  const planFor = (sdl: string) => {
    if (planning?.sdl !== sdl) planning = { sdl, of: createPlanning(sdl, options.planning ?? {}, log) };
  };

  const serve = (schema: GraphQLSchema, supergraph: Supergraph) => {
    if (!planning) throw new Error('a supergraph is served that was never taken');
    const before = current?.planning;
    current = loadSupergraph(schema, supergraph, requirements, planning.of, options.liveSpecification);
    // Those who wait have asked for plans of the supergraph that was served.
    if (before !== planning.of) before?.retire();
    served = supergraph;
    bySchema.set(schema, current);
    sources.set(current, subgraphs.dataSources());
  };
  const loaded = (schema?: GraphQLSchema) => {
    const found = (schema && bySchema.get(schema)) ?? current;
    if (!found) throw new Error('The supergraph is not loaded yet');
    return found;
  };

  const gateway = withoutTelemetry(
    () =>
      new ApolloGateway({
        supergraphSdl: loadSupergraphFrom({
          source: isUrl(options.supergraph)
            ? supergraphAtUrl(options.supergraph, { ...defaultPolling, ...options.polling })
            : supergraphFile(options.supergraph, log),
          log,
          take(supergraph, update) {
            requirements = supergraph.requirements;
            const before = planning;
            planFor(supergraph.sdl);
            try {
              update(supergraph.sdl);
            } catch (error) {
              if (before !== planning) planning?.of.stop();
              planning = before;
              throw error;
            }
            // ApolloGateway sees no change when the security directives alone have changed.
            if (current && served && current.requirements !== requirements) serve(current.schema, served);
          },
        }),
        buildService: ({ name, url }) => subgraphs.open(name, url ?? ''),
        logger: apolloLogger(log),
        validateSupergraph: true,
        // Else whoever sends a certain header is shown the plan, subgraphs and all.
        __exposeQueryPlanExperimental: false,
      }),
  );
  const { grantOf } = options;
  const findRefused: FindRefusedFields<Context> | undefined =
    grantOf && ((supergraph, request, context) => supergraph.findRefused(request, grantOf(context)));
  let hooks: Hooks<Context> = {};
  const askerOf = (context: Context) => options.shareOf?.(context, '')?.name ?? '';
  const documents = createDocuments<Context>(loaded, askerOf);
  const planNew: PlanNew<Context> = async (supergraph, asked, sent, refused, context) => {
    // A document has more than one operation, and what was made of one is forgotten some day.
    if (!documents.takePaid(sent)) hooks.newOperation?.(context);
    return supergraph.planning.plan(
      { text: textOf(asked.document), operationName: asked.operation.name?.value, refused },
      askerOf(context),
    );
  };
  // What Apollo Server is given when it loads the gateway.
  const executor = createOperationExecutor<Context>({
    loaded,
    subgraphsOf: (supergraph) => sources.get(supergraph) ?? {},
    planNew,
    findRefused,
    inTurn: (run, context, charsOf) => (hooks.inTurn ? hooks.inTurn(run, context, charsOf) : run()),
    signalOf: options.signalOf,
  });
  gateway.executor = executor.apolloExecutor;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    const planner = gateway.__testing().queryPlanner;
    if (!planner) throw new Error('ApolloGateway has loaded a schema without a planner');
    serve(apiSchema, planner.supergraph);
    subgraphs.keep(new Set(planner.supergraph.subgraphsMetadata().map(({ name }) => name)));
  });

  const subscriptions = createSubscriptions<Context>({
    subgraphs,
    extensionsFor,
    planNew,
    findRefused,
    viewerKeyOf: options.viewerKeyOf ?? (() => null),
    inTurn: (run, context, cost) => (hooks.eventInTurn ? hooks.eventInTurn(run, context, cost) : run()),
    contextFor(member, signal) {
      // Whatever it tells of the member is what that member's own context tells at that moment.
      const context = Object.create(member) as Context;
      groupSignals.set(context, signal);
      return context;
    },
    maxWaitingEvents: socket.maxWaitingEvents,
    log,
  });

  let isStarted = false;
  return {
    gateway,
    isFiltering: findRefused !== undefined,
    async start() {
      isStarted = true;
      await gateway.load();
    },
    use(given) {
      hooks = given;
    },
    prepare: (text, context, pay = () => hooks.newOperation?.(context)) =>
      documents.prepare(text, context, pay),
    prepareAgain: (operation, schema) => prepareAgain(operation, loaded(schema)),
    execute: executor.execute,
    defers: ({ document, operation }, variables) => deferralOf(document, operation, variables) !== null,
    executeIncrementally: executor.executeIncrementally,
    subscribe: ({ supergraph, document, operation }, variables, context, serialise) =>
      subscriptions.subscribe(supergraph, { document, operation, variables }, context, serialise),
    state: () => ({
      planning: { waiting: planning?.of.waiting ?? 0 },
      subscriptions: subscriptions.size(),
      subgraphs: subgraphs.states(),
    }),
    async close() {
      if (isStarted) await gateway.stop();
      planning?.of.stop();
      await subgraphs.close();
    },
  };
}

const textOf = (document: DocumentNode) => document.loc?.source.body ?? print(document);
