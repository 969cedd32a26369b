import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Refused } from '../../src/admission/authorization.ts';
import { type CompiledOperation, compileOperation } from '../../src/execution/compile.ts';
import { execute } from '../../src/execution/execute.ts';
import { compilePlanned } from '../../src/execution/operation-executor.ts';
import { stringifyResult } from '../../src/execution/printed.ts';
import { SubgraphRequest } from '../../src/execution/subgraph-request.ts';
import { type LoadedSupergraph, loadSupergraph } from '../../src/loaded-supergraph.ts';
import { type PlanningParts, planOperation, readyToPlan } from '../../src/planning/plan-operation.ts';
import { withObjects } from '../../src/planning/planned-document.ts';
import { withPlannedKeys } from '../../src/planning/planned-keys.ts';
import type { Planning } from '../../src/planning/planning.ts';
import { withRequiredArguments } from '../../src/planning/required-arguments.ts';
import { readSupergraph } from '../../src/supergraph/supergraph.ts';
import { type Gap, gapsOf } from './gaps.ts';

type Process = GraphQLDataSource['process'];

/** What a subgraph answers to an operation. */
export type AnswerFetch = (
  query: string,
  variables: Record<string, unknown>,
  /** The fetches that came as one, as they would have come alone. */
  parts: readonly string[],
) => Promise<unknown>;

export interface Reported {
  message: string;
  path: string;
  code: unknown;
}

export interface Outcome {
  data: unknown;
  errors: Reported[];
  /** What stock puts into extensions.valueCompletion instead of errors. */
  completion: Reported[];
  calls: number;
  /** What subgraphs have left open; of ours alone. */
  gaps: readonly Gap[];
}

/** Ours makes changes to its planner. */
export type ForBoth = LoadedSupergraph & PlanningParts & { stockPlanner: QueryPlanner };

/** Plans are made at once here, by the function that the planning thread calls. */
const noThread: Planning = {
  waiting: 0,
  validate: async () => null,
  plan: () => Promise.reject(new Error('there is no planning thread')),
  retire: () => undefined,
  stop: () => undefined,
};

/** Composes subgraphs; null when they don't compose. */
export function compose(subgraphs: readonly { name: string; sdl: string }[]): ForBoth | null {
  const composed = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) })),
  );
  if (composed.errors) return null;
  const { sdl, requirements } = readSupergraph(composed.supergraphSdl);
  const supergraph = Supergraph.build(sdl);
  const parts = readyToPlan(supergraph);
  return {
    ...loadSupergraph(parts.schema, supergraph, requirements, noThread),
    ...parts,
    stockPlanner: parts.requiredArguments.size > 0 ? new QueryPlanner(supergraph) : parts.planner,
  };
}

type Plan = ReturnType<QueryPlanner['buildQueryPlan']>;

/** An operation ready for both; null when it isn't valid. */
export interface Prepared {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** What stock is given, and what ours makes of it where clients' keys are those of plans. */
  plan: Plan;
  ownPlan: Plan;
}

export function prepare(loaded: ForBoth, text: string): Prepared | null {
  const document = parse(text);
  if (validate(loaded.schema, document).length > 0) return null;
  const operation = document.definitions.find((node) => node.kind === 'OperationDefinition');
  if (!operation) return null;
  const planOf = (planner: QueryPlanner, asked: DocumentNode) =>
    planner.buildQueryPlan(operationFromDocument(loaded.apiSchema, asked));
  const whole = withObjects(document);
  const plan = planOf(loaded.stockPlanner, whole);
  const asked = withPlannedKeys(whole, loaded.reservedKeys);
  const isSame = asked === whole && loaded.planner === loaded.stockPlanner;
  const ownPlan = isSame
    ? plan
    : withRequiredArguments(planOf(loaded.planner, asked), loaded.requiredArguments);
  return { document, operation, plan, ownPlan };
}

/** As an operation is made ready to run that is new. */
export const planAndCompile = (
  loaded: ForBoth,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  refused: Refused | null = null,
): CompiledOperation =>
  compilePlanned(
    loaded,
    { document, operation, deferred: [] },
    { plan: planOperation(loaded, document, operation, refused), chars: 0 },
    refused,
  );

/** As stock ApolloGateway answers. */
export async function runStock(
  loaded: ForBoth,
  { document, operation, plan }: Prepared,
  variables: Record<string, unknown>,
  answers: Readonly<Record<string, AnswerFetch>>,
): Promise<Outcome> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments[node.name.value] = node;
  }
  const counted = dataSources(answers);
  const context = { request: { variables }, document, operation, context: {}, metrics: {}, logger: console };
  const result = await executeQueryPlan(
    plan,
    counted.services,
    context as unknown as Parameters<typeof executeQueryPlan>[2],
    { schema: loaded.schema, operation, fragments },
    loaded.supergraphSchema,
    loaded.apiSchema,
  );
  return outcome(JSON.parse(JSON.stringify(result)), counted.calls());
}

/** As ours answers, by way of the text that a client would get. */
export async function runOurs(
  loaded: LoadedSupergraph,
  prepared: Prepared,
  variables: Record<string, unknown>,
  answers: Readonly<Record<string, AnswerFetch>>,
): Promise<Outcome> {
  const counted = dataSources(answers, prepared.ownPlan);
  const result = await runOn(counted.services, loaded, prepared, variables);
  return outcome(result, counted.calls(), counted.gaps);
}

/** What a client gets of our executor, as JSON, with subgraphs of any kind. */
export async function runOn(
  services: Readonly<Record<string, GraphQLDataSource>>,
  loaded: LoadedSupergraph,
  { document, operation, ownPlan }: Prepared,
  variables: Record<string, unknown>,
): Promise<Result> {
  const compiled = compileOperation({
    schema: loaded.schema,
    supergraph: loaded.supergraphSchema,
    document,
    operation,
    reservedKeys: loaded.reservedKeys,
    plan: ownPlan,
    planChars: 0,
  });
  const result = await execute(compiled, {
    subgraph: (name) => services[name],
    variables,
    context: {},
  });
  return JSON.parse(stringifyResult(result));
}

export function dataSources(answers: Readonly<Record<string, AnswerFetch>>, plan?: Plan) {
  let calls = 0;
  const gaps: Gap[] = [];
  const services: Record<string, GraphQLDataSource> = {};
  for (const [name, answer] of Object.entries(answers)) {
    const process: Process = async ({ request }) => {
      calls += 1;
      const query = request.query ?? '';
      const parts =
        request instanceof SubgraphRequest ? request.parts.map(({ fetch }) => fetch.query) : [query];
      const answered = await answer(query, request.variables ?? {}, parts);
      // Before the executor makes the answer's objects its own.
      if (plan && request instanceof SubgraphRequest) gaps.push(...gapsOf(plan, request, answered));
      return answered as Awaited<ReturnType<Process>>;
    };
    services[name] = { process };
  }
  return { services, gaps, calls: () => calls };
}

export type Result = {
  data?: unknown;
  errors?: GraphQLError[];
  extensions?: { valueCompletion?: GraphQLError[] };
};

function outcome(result: Result, calls: number, gaps: readonly Gap[] = []): Outcome {
  return {
    data: result.data,
    errors: (result.errors ?? []).map(report),
    completion: (result.extensions?.valueCompletion ?? []).map(report),
    calls,
    gaps,
  };
}

function report(error: GraphQLError): Reported {
  return { message: error.message, path: (error.path ?? []).join('.'), code: error.extensions?.code };
}
