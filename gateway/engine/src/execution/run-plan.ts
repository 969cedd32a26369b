import type { ConditionValues } from '../documents/conditions.ts';
import { type DataObject, isObject } from './data.ts';
import { errorsOf, failedEntities } from './fetch-errors.ts';
import { Fetcher, type FetchOptions, type FetchResult } from './fetcher.ts';
import { copy, merge } from './merge.ts';
import { type Cause, Missing } from './missing.ts';
import { Overlay } from './overlay.ts';
import { objectsAt, type ResponsePath } from './path.ts';
import type { CompiledFetch, CompiledNode } from './plan.ts';
import { represent } from './represent.ts';

/** What a plan is run with. */
export interface RunOptions extends FetchOptions {
  conditions: ConditionValues;
}

/** All that the subgraphs brought, before it is shaped. */
export interface Fetched {
  data: DataObject;
  errors: Error[];
  /** Places at which a subgraph gave null for an error below them. */
  nulled: ResponsePath[];
  /** What was not brought; null while there is nothing to account for. */
  missing: Missing | null;
  /** Values that more than one object holds. */
  shared: ReadonlySet<unknown>;
  /** No text in the data needs a backslash in JSON. */
  isPlain: boolean;
  /** There where it was fetched for a deferred part. */
  overlay: Overlay | null;
}

interface Run extends Fetched {
  conditions: ConditionValues;
  fetcher: Fetcher;
  /** Ours to add to, once there is one. */
  ownShared: Set<unknown> | undefined;
}

const nothing: ReadonlySet<unknown> = new Set();

/** Runs a plan. A fetch that fails costs what it would have brought; its errors are among the rest. */
export async function runPlan(node: CompiledNode | null, options: RunOptions): Promise<Fetched> {
  const fetcher = new Fetcher(options);
  const run: Run = {
    conditions: options.conditions,
    fetcher,
    data: {},
    errors: [],
    nulled: [],
    missing: null,
    shared: nothing,
    ownShared: undefined,
    isPlain: true,
    overlay: null,
  };
  if (node) await runNode(node, run);
  return run;
}

/**
 * Runs what a deferred part needs beyond what was there before. Nothing of that is changed: other parts need it as well. Of
 * errors and nulls it tells its own alone.
 */
export async function runFurther(
  node: CompiledNode | null,
  before: Fetched,
  options: RunOptions,
): Promise<Fetched> {
  if (!node) return { ...before, errors: [], nulled: [] };
  // What is noted of an object is noted of this part's copy of it.
  const missing = before.missing ?? new Missing();
  const shared = new Set(before.shared);
  const overlay = new Overlay(shared, missing);
  const run: Run = {
    conditions: options.conditions,
    fetcher: new Fetcher(options),
    data: overlay.writable(before.data),
    errors: [],
    nulled: [],
    missing,
    shared,
    ownShared: shared,
    isPlain: before.isPlain,
    overlay,
  };
  await runNode(node, run);
  return run;
}

/** Undefined where there is nothing to wait for. */
function runNode(node: CompiledNode, run: Run): Promise<unknown> | undefined {
  switch (node.kind) {
    case 'fetch':
      return runFetch(node, run);
    case 'sequence':
      return runSequence(node.nodes, run);
    case 'parallel':
      return Promise.all(node.nodes.map((inner) => runNode(inner, run)));
    case 'condition': {
      const branch = run.conditions[node.variable] ? node.whenTrue : node.whenFalse;
      return branch ? runNode(branch, run) : undefined;
    }
  }
}

async function runSequence(nodes: readonly CompiledNode[], run: Run): Promise<void> {
  for (const node of nodes) await runNode(node, run);
}

async function runFetch(fetch: CompiledFetch, run: Run): Promise<void> {
  try {
    const targets = run.overlay
      ? run.overlay.objectsAt(run.data, fetch.path)
      : objectsAt(run.data, fetch.path, run.shared);
    if (targets.length === 0) return;
    if (!fetch.represent) {
      const { data, errors, isPlain } = await run.fetcher.ask({ fetch, representations: null });
      run.isPlain &&= isPlain;
      noteErrors(fetch, data, errors, [], run);
      if (data) placeRoot(fetch, data, targets, run.overlay);
      else if (errors.length > 0) noteMissing(fetch, targets, 'failed', run);
      return;
    }
    const { representations, holders } = represent(fetch, fetch.represent, targets, run.missing);
    if (representations.length === 0) return;
    const { data, errors, isPlain } = await run.fetcher.ask({ fetch, representations });
    run.isPlain &&= isPlain;
    noteErrors(fetch, data, errors, holders, run);
    if (data) placeEntities(fetch, data, errors, holders, run);
    else if (errors.length > 0) noteMissing(fetch, holders.flat(), 'failed', run);
  } catch (error) {
    run.errors.push(error instanceof Error ? error : new Error(String(error)));
  }
}

function placeRoot(
  fetch: CompiledFetch,
  data: DataObject,
  targets: readonly DataObject[],
  overlay: Overlay | null,
): void {
  fetch.rewrite?.(data);
  targets.forEach((target, index) => {
    merge(target, index === 0 ? data : copy(data), overlay);
  });
}

function placeEntities(
  fetch: CompiledFetch,
  { _entities: entities }: DataObject,
  errors: FetchResult['errors'],
  holders: readonly (readonly DataObject[])[],
  run: Run,
): void {
  if (!Array.isArray(entities)) throw new Error('Expected "data._entities" in response to be an array');
  if (entities.length !== holders.length) {
    throw new Error(`Expected "data._entities" to contain ${holders.length} elements`);
  }
  let isFailed: ReturnType<typeof failedEntities> | undefined;
  for (let i = 0; i < holders.length; i++) {
    const entity: unknown = entities[i];
    if (isObject(entity)) place(fetch, entity, holders[i] ?? [], run);
    else if (entity === null) {
      isFailed ??= failedEntities(errors);
      noteMissing(fetch, holders[i] ?? [], isFailed(i) ? 'failed' : 'absent', run);
    }
  }
}

function noteMissing(fetch: CompiledFetch, objects: readonly DataObject[], cause: Cause, run: Run): void {
  run.missing ??= new Missing();
  run.missing.note(fetch, objects, cause);
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
    run.ownShared ??= new Set();
    run.shared = run.ownShared;
    for (const key in entity) {
      const value = entity[key];
      if (typeof value === 'object' && value !== null) run.ownShared.add(value);
    }
    for (const holder of holders) merge(holder, entity, run.overlay);
    return;
  }
  // Before the first has been written to: it holds parts of the entity then.
  for (const other of others) merge(other, copy(entity), run.overlay);
  merge(first, entity, run.overlay);
}

function noteErrors(
  fetch: CompiledFetch,
  data: DataObject | null,
  errors: FetchResult['errors'],
  holders: readonly (readonly DataObject[])[],
  run: Run,
): void {
  if (errors.length === 0) return;
  for (const { error, nulled } of errorsOf(fetch, data, errors, run.data, holders)) {
    run.errors.push(error);
    if (nulled) run.nulled.push(nulled);
  }
}
