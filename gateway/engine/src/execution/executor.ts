import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { type OperationToCheck, operationToCheck, type Refused } from '../admission/authorization.ts';
import { faultsOfVariables } from '../admission/variables.ts';
import type { LoadedSupergraph } from '../loaded.ts';
import { createFieldFilter } from '../planning/field-filter.ts';
import { operationAlone } from '../planning/plan-operation.ts';
import type { MadePlan } from '../planning/planning.ts';
import { type CompiledOperation, compileOperation } from './compile.ts';
import { execute, type PrintedResult } from './execute.ts';
import { createKept, type Kept } from './kept.ts';

/** Null where the caller may have all that the operation asks for. */
export type FindRefusedFields<Context> = (
  loaded: LoadedSupergraph,
  request: OperationToCheck,
  context: Context,
) => Refused | null;

/** Has an operation planned that is new; see Engine.beforePlanning and Planning.plan for how it fails. */
export type PlanNew<Context> = (
  loaded: LoadedSupergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  refused: Refused | null,
  context: Context,
) => Promise<MadePlan>;

/** What throws instead of running an operation, its caller is told. */
export type RunInTurn<Context> = (
  run: () => Promise<PrintedResult>,
  context: Context,
) => Promise<PrintedResult>;

/** As ApolloGateway gives it to Apollo Server. */
export type Executor = ApolloGateway['executor'];
type RequestContext = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/** A validated operation with the version of the supergraph that it is run over. */
export interface OperationToRun {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly supergraph: LoadedSupergraph;
}

/** Runs operations in ApolloGateway's place. Plans are compiled once per operation and supergraph. */
export interface Runner<Context extends object> {
  /** For Apollo Server. An HTTP request gets data that is printed already (see stringifyResult), any other an object. */
  executor: Executor;
  /** Checks the variables, plans what is new, and runs. Throws GraphQLError where there is no plan. */
  run(
    asked: OperationToRun,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ): Promise<PrintedResult>;
}

/** Of compiled operations, twice at most. */
const maxKeptBytes = 64_000_000;

export function createRunner<Context extends object>(options: {
  loaded: (schema: RequestContext['schema']) => LoadedSupergraph;
  subgraphsOf: (loaded: LoadedSupergraph) => Readonly<Record<string, GraphQLDataSource>>;
  planNew: PlanNew<Context>;
  /** There where fields are filtered. */
  findRefused?: FindRefusedFields<Context> | undefined;
  /** Runs an operation in its turn. */
  inTurn: RunInTurn<Context>;
}): Runner<Context> {
  const caches = new WeakMap<LoadedSupergraph, Kept<CompiledOperation>>();

  const compiledOf = (
    { supergraph: loaded, document, operation }: OperationToRun,
    refused: Refused | null,
    context: Context,
  ): CompiledOperation | Promise<CompiledOperation> => {
    let kept = caches.get(loaded);
    if (!kept) {
      kept = createKept(maxKeptBytes);
      caches.set(loaded, kept);
    }
    const variant = refused?.key ?? '';
    const known = kept.get(operation, variant);
    if (known) return known;
    return kept.make(operation, variant, async () => {
      const made = await options.planNew(loaded, document, operation, refused, context);
      const value = compilePlanned(loaded, document, operation, made, refused);
      return { value, bytes: value.bytes };
    });
  };

  async function run(
    asked: OperationToRun,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
    incomingRequestContext?: RequestContext,
  ): Promise<PrintedResult> {
    const { supergraph, document, operation } = asked;
    const errors = faultsOfVariables(supergraph, operation, variables);
    if (errors) return { errors };
    const refused = options.findRefused
      ? options.findRefused(supergraph, operationToCheck(document, operation, variables), context)
      : null;
    const found = compiledOf(asked, refused, context);
    const compiled = found instanceof Promise ? await found : found;
    const subgraphs = options.subgraphsOf(supergraph);
    const execution = { subgraph: (name: string) => subgraphs[name], variables, context };
    return options.inTurn(
      () => execute(compiled, incomingRequestContext ? { ...execution, incomingRequestContext } : execution),
      context,
    );
  }

  return {
    run,
    async executor(requestContext) {
      const { request, document, operation, schema, context } = requestContext;
      const asked = { supergraph: options.loaded(schema), document, operation };
      const result = await run(asked, request.variables ?? {}, context as Context, requestContext);
      return (request.http ? result : withObject(result)) as Result;
    },
  };
}

/** Compiles what was planned of a validated operation. Throws GraphQLError where there is no plan. */
export const compilePlanned = (
  loaded: Pick<LoadedSupergraph, 'schema' | 'supergraphSchema' | 'reservedKeys'>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { plan, chars }: MadePlan,
  refused: Refused | null = null,
): CompiledOperation =>
  compileOperation({
    schema: loaded.schema,
    supergraph: loaded.supergraphSchema,
    reservedKeys: loaded.reservedKeys,
    filter: refused && createFieldFilter(loaded.schema, operationAlone(document, operation), refused),
    document,
    operation,
    plan,
    planChars: chars,
  });

/** The same answer for those who read it instead of sending it on. */
export function withObject(result: PrintedResult): { data?: unknown; errors?: PrintedResult['errors'] } {
  return result.data ? { ...result, data: result.data.toJSON() } : result;
}
