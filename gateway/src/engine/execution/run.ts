import type { GraphQLDataSource } from '@apollo/gateway';
import type { ConditionValues } from './conditions.ts';
import { type DataObject, isObject } from './data.ts';
import { errorsOf } from './fetch-errors.ts';
import { copy, merge } from './merge.ts';
import { objectsAt } from './path.ts';
import type { CompiledFetch, CompiledNode } from './plan.ts';
import { SubgraphRequest } from './subgraph-request.ts';

type ProcessOptions = Parameters<GraphQLDataSource['process']>[0];
type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** What a plan is run with. */
export interface RunOptions {
  /** A data source by the name that plans use. */
  subgraph: (name: string) => GraphQLDataSource | undefined;
  variables: Readonly<Record<string, unknown>>;
  conditions: ConditionValues;
  /** Handed on to data sources. */
  context: object;
  incomingRequestContext?: unknown;
}

/** All that the subgraphs brought, before it is shaped. */
export interface Fetched {
  data: DataObject;
  errors: Error[];
  /** Values that more than one object holds. */
  shared: ReadonlySet<unknown>;
}

interface Run extends RunOptions, Fetched {
  shared: Set<unknown>;
}

/** Runs a plan. A fetch that fails costs what it would have brought; its errors are among the rest. */
export async function runPlan(node: CompiledNode | null, options: RunOptions): Promise<Fetched> {
  const run: Run = { ...options, data: {}, errors: [], shared: new Set() };
  if (node) await runNode(node, run);
  return run;
}

async function runNode(node: CompiledNode, run: Run): Promise<void> {
  switch (node.kind) {
    case 'fetch':
      return runFetch(node, run);
    case 'sequence':
      for (const inner of node.nodes) await runNode(inner, run);
      return;
    case 'parallel':
      await Promise.all(node.nodes.map((inner) => runNode(inner, run)));
      return;
    case 'condition': {
      const branch = run.conditions[node.variable] ? node.whenTrue : node.whenFalse;
      return branch ? runNode(branch, run) : undefined;
    }
  }
}

async function runFetch(fetch: CompiledFetch, run: Run): Promise<void> {
  try {
    const targets = objectsAt(run.data, fetch.path, run.shared);
    if (targets.length === 0) return;
    if (fetch.represent) await fetchEntities(fetch, fetch.represent, targets, run);
    else await fetchRoot(fetch, targets, run);
  } catch (error) {
    run.errors.push(error instanceof Error ? error : new Error(String(error)));
  }
}

async function fetchRoot(fetch: CompiledFetch, targets: readonly DataObject[], run: Run): Promise<void> {
  const { data } = await send(fetch, null, [], run);
  if (!data) return;
  fetch.rewrite?.(data);
  targets.forEach((target, index) => {
    merge(target, index === 0 ? data : copy(data));
  });
}

async function fetchEntities(
  fetch: CompiledFetch,
  represent: (entity: DataObject) => string | null,
  targets: readonly DataObject[],
  run: Run,
): Promise<void> {
  // The same entity in many places is asked for once.
  const indexes = new Map<string, number>();
  const representations: string[] = [];
  const holders: DataObject[][] = [];
  for (const target of targets) {
    const text = represent(target);
    if (text === null) continue;
    const identity = fetch.retypes ? `${String(target.__typename)} ${text}` : text;
    const index = indexes.get(identity);
    if (index === undefined) {
      indexes.set(identity, representations.length);
      representations.push(text);
      holders.push([target]);
    } else {
      holders[index]?.push(target);
    }
  }
  if (representations.length === 0) return;

  const { data } = await send(fetch, representations, holders, run);
  if (!data) return;
  const { _entities: entities } = data;
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
  if (entities.length !== representations.length) {
    throw new Error(`Expected "data._entities" to contain ${representations.length} elements`);
  }
  for (let i = 0; i < holders.length; i++) {
    const entity: unknown = entities[i];
    if (isObject(entity)) place(fetch, entity, holders[i] ?? [], run);
  }
}

/** Writes an entity to every object that stands for it. */
function place(fetch: CompiledFetch, entity: DataObject, holders: readonly DataObject[], run: Run): void {
  const [first, ...others] = holders;
  if (!first) return;
  if (fetch.rewrite) {
    // A rewrite may depend on the type.
    entity.__typename ||= first.__typename;
    fetch.rewrite(entity);
  }
  if (fetch.isInterface(entity.__typename)) {
    // Some holders may know better.
    for (const holder of holders) holder.__typename ||= entity.__typename;
    entity.__typename = undefined;
  }
  if (others.length > 0 && fetch.mayShare) {
    for (const key in entity) {
      const value = entity[key];
      if (typeof value === 'object' && value !== null) run.shared.add(value);
    }
    for (const holder of holders) merge(holder, entity);
    return;
  }
  // Before the first has been written to: it holds parts of the entity then.
  for (const other of others) merge(other, copy(entity));
  merge(first, entity);
}

async function send(
  fetch: CompiledFetch,
  representations: readonly string[] | null,
  holders: readonly (readonly DataObject[])[],
  run: Run,
): Promise<{ data: DataObject | null }> {
  const service = run.subgraph(fetch.subgraph);
  if (!service) throw new Error(`Couldn't find service with name "${fetch.subgraph}"`);
  const options = {
    // ApolloGateway's GraphQLDataSourceRequestKind.INCOMING_OPERATION, which is an enum that types alone know.
    kind: 'incoming operation',
    request: new SubgraphRequest(fetch, run.variables, representations),
    incomingRequestContext: run.incomingRequestContext,
    context: run.context,
    pathInIncomingRequest: fetch.planPath,
  } as unknown as ProcessOptions;
  const response: SubgraphResponse = await service.process(options);
  if (response.errors?.length) {
    for (const error of errorsOf(fetch, response.errors, run.data, holders)) run.errors.push(error);
  }
  return { data: isObject(response.data) ? response.data : null };
}
