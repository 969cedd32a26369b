import { operationFromDocument } from '@apollo/federation-internals';
import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway';
import { type DocumentNode, getVariableValues, Kind, type OperationDefinitionNode } from 'graphql';
import type { LoadedSupergraph } from '../loaded.ts';
import { type CompiledOperation, compileOperation } from './compile.ts';
import { type CompiledCache, createCompiledCache } from './compiled-cache.ts';
import { execute, type PrintedResult } from './execute.ts';
import { withoutIntrospection } from './introspection.ts';

/** As ApolloGateway gives it to Apollo Server. */
export type Executor = ApolloGateway['executor'];
type RequestContext = Parameters<Executor>[0];
type Result = Awaited<ReturnType<Executor>>;

/**
 * Takes ApolloGateway's place in running operations. Its planner's plans are compiled once per operation and
 * supergraph. An HTTP request gets data that is printed already (see stringifyResult), any other an object.
 */
export function createExecutor(options: {
  loaded: (schema: RequestContext['schema']) => LoadedSupergraph;
  subgraphsOf: (loaded: LoadedSupergraph) => Readonly<Record<string, GraphQLDataSource>>;
}): Executor {
  const caches = new WeakMap<LoadedSupergraph, CompiledCache>();

  return async (requestContext) => {
    const { request, document, operation, queryHash, schema, context } = requestContext;
    const loaded = options.loaded(schema);
    const variables = request.variables ?? {};
    const { variableDefinitions } = operation;
    if (variableDefinitions?.length) {
      const { errors } = getVariableValues(loaded.schema, variableDefinitions, variables);
      if (errors) return { errors } as Result;
    }
    let cache = caches.get(loaded);
    if (!cache) {
      cache = createCompiledCache();
      caches.set(loaded, cache);
    }
    const compiled = cache.get(operation, queryHash, () => planAndCompile(loaded, document, operation));
    const subgraphs = options.subgraphsOf(loaded);
    const result = await execute(compiled, {
      subgraph: (name) => subgraphs[name],
      variables,
      context,
      incomingRequestContext: requestContext,
    });
    return (request.http ? result : withObject(result)) as Result;
  };
}

/** Plans an operation as ApolloGateway does and compiles the plan. Throws GraphQLError where there is no plan. */
export function planAndCompile(
  loaded: LoadedSupergraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation {
  const definitions = [
    operation,
    ...document.definitions.filter((node) => node.kind === 'FragmentDefinition'),
  ];
  const asked = withoutIntrospection({ kind: Kind.DOCUMENT, definitions });
  const planned = operationFromDocument(loaded.apiSchema, asked);
  return compileOperation({
    schema: loaded.schema,
    supergraph: loaded.supergraphSchema,
    document,
    operation,
    plan: loaded.planner.buildQueryPlan(planned),
  });
}

/** The same answer for those who read it instead of sending it on. */
export function withObject(result: PrintedResult): { data?: unknown; errors?: PrintedResult['errors'] } {
  return result.data ? { ...result, data: result.data.toJSON() } : result;
}
