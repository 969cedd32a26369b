import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { type BatchPart, BatchParts } from './batch-part.ts';
import { compilePath, type PlanPath } from './path.ts';
import { keysOfFetch } from './planned-paths.ts';
import { compileRepresentation, type Represent } from './representation.ts';
import { compileRewrites, type Rewrite } from './rewrite.ts';
import { findSharing } from './sharing.ts';
import { soleOwnerOf } from './sole-owner.ts';

/** One request to one subgraph, with all of it that does not change from run to run. */
export interface CompiledFetch {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The body's text up to the value of `variables`. */
  readonly bodyStart: string;
  readonly variables: readonly string[];
  /** From the root of the answer to what the fetch is for. */
  readonly path: PlanPath;
  /** As the plan writes it. */
  readonly planPath: readonly (string | number)[];
  /** There for entities; without it the answer is merged in as it is. */
  readonly represent: Represent | null;
  /** Entities of several types may be told to the subgraph as one. */
  readonly retypes: boolean;
  readonly rewrite: Rewrite | undefined;
  /** Whether a name is an interface's: a subgraph that knows the interface as an object doesn't know the type itself. */
  readonly isInterface: (name: unknown) => boolean;
  /** Whether what comes for one entity may be held by every object that stands for it, uncopied. */
  readonly mayShare: boolean;
  /** The keys of an object that it is for under which it brings values. */
  readonly brings: () => ReadonlySet<string>;
  /** Whether there is an entity of a type at all, this fetch alone can say. */
  readonly decides: (typename: unknown) => boolean;
  /** There when it may be sent together with other fetches from the same subgraph, and there are any. */
  readonly part: BatchPart | null;
  /** Those of the plan. */
  readonly batches: BatchParts;
}

export type CompiledNode =
  | CompiledFetch
  | { readonly kind: 'sequence' | 'parallel'; readonly nodes: readonly CompiledNode[] }
  | {
      readonly kind: 'condition';
      readonly variable: string;
      readonly whenTrue: CompiledNode | null;
      readonly whenFalse: CompiledNode | null;
    };

/** A plan, each part of whose answer has a node of its own; null where there is nothing to fetch for it. */
export interface CompiledPlan {
  readonly primary: CompiledNode | null;
  /** By the labels in the plan. */
  readonly deferred: ReadonlyMap<string, CompiledNode>;
}

/** Compiles a plan. Throws for what a gateway can't run: subscriptions. */
export function compilePlan({ node }: QueryPlan, supergraph: GraphQLSchema): CompiledPlan {
  const deferred = new Map<string, CompiledNode>();
  if (!node) return { primary: null, deferred };
  if (node.kind === 'Subscription') throw new Error('a subscription is not run as a whole');
  const mayShare = findSharing(node);

  const compilePart = (part: PlanNode | undefined): CompiledNode | null => {
    if (part?.kind !== 'Defer') return part ? compileNode(part, supergraph, mayShare) : null;
    for (const { label, node: inner } of part.deferred) {
      if (label === undefined) throw new Error('a deferred part of a plan has no label');
      const compiled = compilePart(inner);
      if (compiled) deferred.set(label, compiled);
    }
    return compilePart(part.primary.node);
  };
  return { primary: compilePart(node), deferred };
}

/** What is fetched for one part: what is due at the same time goes together, and waits for no other part. */
function compileNode(
  root: PlanNode,
  supergraph: GraphQLSchema,
  mayShare: ReadonlySet<FetchNode>,
): CompiledNode {
  const plan: PlanParts = {
    supergraph,
    mayShare,
    batches: new BatchParts(),
    batched: subgraphsOfSeveral(root),
  };

  const compile = (inner: PlanNode, path: readonly (string | number)[]): CompiledNode => {
    switch (inner.kind) {
      case 'Sequence':
        return { kind: 'sequence', nodes: inner.nodes.map((n) => compile(n, path)) };
      case 'Parallel':
        return { kind: 'parallel', nodes: inner.nodes.map((n) => compile(n, path)) };
      case 'Flatten':
        return compile(inner.node, [...path, ...inner.path]);
      case 'Condition':
        return {
          kind: 'condition',
          variable: inner.condition,
          whenTrue: inner.ifClause ? compile(inner.ifClause, path) : null,
          whenFalse: inner.elseClause ? compile(inner.elseClause, path) : null,
        };
      case 'Fetch':
        return compileFetch(inner, path, plan);
      case 'Defer':
        throw new Error('a plan defers within a part what is not a part of it');
    }
  };
  return compile(root, []);
}

interface PlanParts {
  supergraph: GraphQLSchema;
  mayShare: ReadonlySet<FetchNode>;
  batches: BatchParts;
  batched: ReadonlySet<string>;
}

/** The subgraphs that are asked for entities more than once. */
function subgraphsOfSeveral(root: PlanNode): ReadonlySet<string> {
  const once = new Set<string>();
  const several = new Set<string>();
  const visit = (node: PlanNode | undefined): void => {
    switch (node?.kind) {
      case 'Sequence':
      case 'Parallel':
        for (const inner of node.nodes) visit(inner);
        break;
      case 'Flatten':
        visit(node.node);
        break;
      case 'Condition':
        visit(node.ifClause);
        visit(node.elseClause);
        break;
      case 'Fetch':
        if (node.requires) (once.has(node.serviceName) ? several : once).add(node.serviceName);
        break;
    }
  };
  visit(root);
  return several;
}

function compileFetch(
  node: FetchNode,
  path: readonly (string | number)[],
  { supergraph, mayShare, batches, batched }: PlanParts,
): CompiledFetch {
  const variables = node.variableUsages ?? [];
  if (node.requires && variables.includes('representations')) {
    throw new Error('a variable of the operation has the name of the one that holds the representations');
  }
  const name =
    node.operationName === undefined ? '' : `"operationName":${JSON.stringify(node.operationName)},`;
  const inputRewrite = compileRewrites(supergraph, node.inputRewrites);
  let keys: ReadonlySet<string> | undefined;
  return {
    kind: 'fetch',
    subgraph: node.serviceName,
    query: node.operation,
    operationName: node.operationName,
    bodyStart: `{"query":${JSON.stringify(node.operation)},${name}"variables":`,
    variables,
    path: compilePath(path),
    planPath: path,
    represent: node.requires ? compileRepresentation(supergraph, node.requires, inputRewrite) : null,
    retypes: inputRewrite !== undefined,
    rewrite: compileRewrites(supergraph, node.outputRewrites),
    isInterface: (name) => typeof name === 'string' && isInterfaceType(supergraph.getType(name)),
    mayShare: mayShare.has(node),
    brings() {
      keys ??= keysOfFetch(node);
      return keys;
    },
    decides: (name) =>
      typeof name === 'string' && !inputRewrite && soleOwnerOf(supergraph, name) === node.serviceName,
    part: node.requires && batched.has(node.serviceName) ? batches.add(node.operation) : null,
    batches,
  };
}
