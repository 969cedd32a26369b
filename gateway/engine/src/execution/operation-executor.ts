import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { type OperationToCheck, operationToCheck, type Refused } from '../admission/authorization.ts';
import { faultsOfVariables } from '../admission/variables.ts';
import type { AbortSignalLike } from '../concurrency/abort-signal.ts';
import { type Deferral, deferralOf, type SplitOperation, splitOperation } from '../documents/deferral.ts';
import type { LoadedSupergraph } from '../loaded-supergraph.ts';
import { createFieldFilter } from '../planning/field-filter.ts';
import { operationAlone } from '../planning/plan-operation.ts';
import type { MadePlan } from '../planning/planning.ts';
import { type CompiledOperation, compileOperation } from './compile.ts';
import { execute, type PrintedResult } from './execute.ts';
import { executeIncrementally, type ResultPart } from './execute-incrementally.ts';
import { createOperationCache, type OperationCache } from './operation-cache.ts';

/** Null where the caller may have all that the operation asks for. */
export type FindRefusedFields<Context> = (
  loaded: LoadedSupergraph,
  request: OperationToCheck,
  context: Context,
) => Refused | null;

/**
 * Has an operation planned that is new; see Hooks.newOperation and Planning.plan for how it fails. `sent` is the document
 * that it is of.
 */
export type PlanNew<Context> = (
  loaded: LoadedSupergraph,
  asked: Pick<SplitOperation, 'document' | 'operation'>,
  sent: DocumentNode,
  refused: Refused | null,
  context: Context,
) => Promise<MadePlan>;

/** What throws instead of running an operation, its caller is told. `charsOf` says how much data has been written. */
export type RunInTurn<Context> = <Result>(
  run: () => Promise<Result>,
  context: Context,
  charsOf: (result: Result) => number,
) => Promise<Result>;

/** As ApolloGateway gives it to Apollo Server. */
type ApolloExecutor = ApolloGateway['executor'];
type RequestContext = Parameters<ApolloExecutor>[0];
type Result = Awaited<ReturnType<ApolloExecutor>>;

/** A validated operation with the version of the supergraph that it is run over. */
export interface OperationToExecute {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly supergraph: LoadedSupergraph;
}

/** Runs operations in ApolloGateway's place. Plans are compiled once per operation and supergraph. */
export interface OperationExecutor<Context extends object> {
  /** For Apollo Server. An HTTP request gets data that is printed already (see stringifyResult), any other an object. */
  apolloExecutor: ApolloExecutor;
  /** Checks the variables, plans what is new, and runs. Throws GraphQLError where there is no plan. */
  execute(
    asked: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ): Promise<PrintedResult>;
  /**
   * The same of an operation of which something is deferred: it is delivered in parts. Settled when the last of them has
   * been, or nobody waits for it. A result without data is the only one.
   */
  executeIncrementally(
    asked: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
    deliver: (part: ResultPart) => void,
  ): Promise<void>;
}

/** Of compiled operations, twice at most. */
const maxCachedBytes = 64_000_000;

export function createOperationExecutor<Context extends object>(options: {
  loaded: (schema: RequestContext['schema']) => LoadedSupergraph;
  subgraphsOf: (loaded: LoadedSupergraph) => Readonly<Record<string, GraphQLDataSource>>;
  planNew: PlanNew<Context>;
  /** There where fields are filtered. */
  findRefused?: FindRefusedFields<Context> | undefined;
  /** Runs an operation in its turn. */
  inTurn: RunInTurn<Context>;
  signalOf?: ((context: Context) => AbortSignalLike | undefined) | undefined;
}): OperationExecutor<Context> {
  const caches = new WeakMap<LoadedSupergraph, OperationCache<CompiledOperation>>();

  const compiledOf = (
    { supergraph: loaded, document, operation }: OperationToExecute,
    refused: Refused | null,
    context: Context,
    deferral: Deferral | null = null,
  ): CompiledOperation | Promise<CompiledOperation> => {
    let cache = caches.get(loaded);
    if (!cache) {
      cache = createOperationCache(maxCachedBytes);
      caches.set(loaded, cache);
    }
    const variant = deferral ? `${refused?.key ?? ''} ${deferral.key}` : (refused?.key ?? '');
    const known = cache.get(operation, variant);
    if (known) return known;
    return cache.make(operation, variant, async () => {
      const split = splitOperation(document, operation, deferral);
      const made = await options.planNew(loaded, split, document, refused, context);
      const value = compilePlanned(loaded, split, made, refused);
      return { value, bytes: value.bytes };
    });
  };

  const refusedOf = (
    { supergraph, document, operation }: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ) =>
    options.findRefused
      ? options.findRefused(supergraph, operationToCheck(document, operation, variables), context)
      : null;
  const optionsFor = (
    { supergraph }: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ) => {
    const subgraphs = options.subgraphsOf(supergraph);
    return { subgraph: (name: string) => subgraphs[name], variables, context };
  };

  async function executeOperation(
    asked: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
    incomingRequestContext?: RequestContext,
  ): Promise<PrintedResult> {
    const errors = faultsOfVariables(asked.supergraph, asked.operation, variables);
    if (errors) return { errors };
    const found = compiledOf(asked, refusedOf(asked, variables, context), context);
    const compiled = found instanceof Promise ? await found : found;
    const execution = optionsFor(asked, variables, context);
    return options.inTurn(
      () => execute(compiled, incomingRequestContext ? { ...execution, incomingRequestContext } : execution),
      context,
      charsOf,
    );
  }

  async function executeOperationIncrementally(
    asked: OperationToExecute,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
    deliver: (part: ResultPart) => void,
  ): Promise<void> {
    const { supergraph, document, operation } = asked;
    const errors = faultsOfVariables(supergraph, operation, variables);
    if (errors) return deliver({ result: { errors }, hasNext: false });
    const refused = refusedOf(asked, variables, context);
    const compiled = await compiledOf(asked, refused, context, deferralOf(document, operation, variables));
    const execution = optionsFor(asked, variables, context);
    const signal = options.signalOf?.(context);
    await options.inTurn(
      () => executeIncrementally(compiled, execution, deliver, () => signal?.aborted === true),
      context,
      ({ chars }) => chars,
    );
  }

  return {
    execute: executeOperation,
    executeIncrementally: executeOperationIncrementally,
    async apolloExecutor(requestContext) {
      const { request, document, operation, schema, context } = requestContext;
      const asked = { supergraph: options.loaded(schema), document, operation };
      const result = await executeOperation(
        asked,
        request.variables ?? {},
        context as Context,
        requestContext,
      );
      return (request.http ? result : withObject(result)) as Result;
    },
  };
}

const charsOf = ({ data }: PrintedResult): number => data?.text.length ?? 0;

/** Compiles what was planned of a validated operation. Throws GraphQLError where there is no plan. */
export const compilePlanned = (
  loaded: Pick<LoadedSupergraph, 'servedSchema' | 'supergraphSchema' | 'reservedKeys'>,
  { document, operation, deferred }: SplitOperation,
  { plan, chars }: MadePlan,
  refused: Refused | null = null,
): CompiledOperation =>
  compileOperation({
    schema: loaded.servedSchema,
    supergraph: loaded.supergraphSchema,
    reservedKeys: loaded.reservedKeys,
    filter: refused && createFieldFilter(loaded.servedSchema, operationAlone(document, operation), refused),
    document,
    operation,
    deferred,
    plan,
    planChars: chars,
  });

/** The same answer for those who read it instead of sending it on. */
export function withObject(result: PrintedResult): { data?: unknown; errors?: PrintedResult['errors'] } {
  return result.data ? { ...result, data: result.data.toJSON() } : result;
}
