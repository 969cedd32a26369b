import { operationFromDocument } from '@apollo/federation-internals';
import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { type OperationToCheck, operationToCheck, type Refused } from '../authorization.ts';
import type { LoadedSupergraph } from '../loaded.ts';
import { faultsOfVariables } from '../variables.ts';
import { type CompiledOperation, compileOperation } from './compile.ts';
import { type CompiledCache, createCompiledCache } from './compiled-cache.ts';
import { execute, type PrintedResult } from './execute.ts';
import { createFieldFilter, withoutRefused } from './field-filter.ts';
import { withoutIntrospection } from './introspection.ts';
import { documentToPlan } from './planned-document.ts';
import { withRequiredArguments } from './required-arguments.ts';

/** Null where the caller may have all that the operation asks for. */
export type FindRefusedFields<Context> = (
  loaded: LoadedSupergraph,
  request: OperationToCheck,
  context: Context,
) => Refused | null;

/** As ApolloGateway gives it to Apollo Server. */
export type Executor = ApolloGateway['executor'];
type RequestContext = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/** Runs operations in ApolloGateway's place. Its planner's plans are compiled once per operation and supergraph. */
export interface Runner<Context extends object> {
  /** For Apollo Server. An HTTP request gets data that is printed already (see stringifyResult), any other an object. */
  executor: Executor;
  /** `queryHash` finds what was compiled for the same text when it has been parsed anew. Throws GraphQLError where there is no plan. */
  prepare(
    loaded: LoadedSupergraph,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    queryHash?: string,
    refused?: Refused | null,
  ): CompiledOperation;
  /** Runs what was prepared with variables that have been checked. */
  run(
    loaded: LoadedSupergraph,
    compiled: CompiledOperation,
    variables: Readonly<Record<string, unknown>>,
    context: Context,
  ): Promise<PrintedResult>;
}

export function createRunner<Context extends object>(options: {
  loaded: (schema: RequestContext['schema']) => LoadedSupergraph;
  subgraphsOf: (loaded: LoadedSupergraph) => Readonly<Record<string, GraphQLDataSource>>;
  /** There where fields are filtered. */
  findRefused?: FindRefusedFields<Context> | undefined;
}): Runner<Context> {
  const caches = new WeakMap<LoadedSupergraph, CompiledCache>();

  const prepare: Runner<Context>['prepare'] = (loaded, document, operation, queryHash, refused = null) => {
    let cache = caches.get(loaded);
    if (!cache) {
      cache = createCompiledCache();
      caches.set(loaded, cache);
    }
    return cache.get(
      operation,
      queryHash,
      () => planAndCompile(loaded, document, operation, refused),
      refused?.key,
    );
  };
  const executeOptions = (
    loaded: LoadedSupergraph,
    variables: Readonly<Record<string, unknown>>,
    context: object,
  ) => {
    const subgraphs = options.subgraphsOf(loaded);
    return { subgraph: (name: string) => subgraphs[name], variables, context };
  };

  return {
    prepare,
    run: (loaded, compiled, variables, context) =>
      execute(compiled, executeOptions(loaded, variables, context)),
    async executor(requestContext) {
      const { request, document, operation, queryHash, schema, context } = requestContext;
      const loaded = options.loaded(schema);
      const variables = request.variables ?? {};
      const errors = faultsOfVariables(loaded, operation, variables);
      if (errors) return { errors } as Result;
      const refused = options.findRefused
        ? options.findRefused(loaded, operationToCheck(document, operation, variables), context as Context)
        : null;
      const compiled = prepare(loaded, document, operation, queryHash, refused);
      const result = await execute(compiled, {
        ...executeOptions(loaded, variables, context),
        incomingRequestContext: requestContext,
      });
      return (request.http ? result : withObject(result)) as Result;
    },
  };
}

/** Plans an operation as ApolloGateway does and compiles the plan. Throws GraphQLError where there is no plan. */
export function planAndCompile(
  loaded: LoadedSupergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  refused: Refused | null = null,
): CompiledOperation {
  const definitions = [
    operation,
    ...document.definitions.filter((node) => node.kind === 'FragmentDefinition'),
  ];
  const whole: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  const asked = withoutIntrospection(refused ? withoutRefused(loaded.schema, whole, refused) : whole);
  const planned = operationFromDocument(loaded.apiSchema, documentToPlan(asked, loaded.reservedKeys));
  return compileOperation({
    schema: loaded.schema,
    supergraph: loaded.supergraphSchema,
    reservedKeys: loaded.reservedKeys,
    filter: refused && createFieldFilter(loaded.schema, whole, refused),
    document,
    operation,
    plan: withRequiredArguments(loaded.planner.buildQueryPlan(planned), loaded.requiredArguments),
  });
}

/** The same answer for those who read it instead of sending it on. */
export function withObject(result: PrintedResult): { data?: unknown; errors?: PrintedResult['errors'] } {
  return result.data ? { ...result, data: result.data.toJSON() } : result;
}
