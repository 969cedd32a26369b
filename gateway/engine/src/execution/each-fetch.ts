import type { FetchNode, PlanNode } from '@apollo/query-planner';

/** Calls `visit` for every fetch of a plan, with the keys of the place in the answer that it is for, lists left out. */
export function eachFetch(
  node: PlanNode,
  visit: (fetch: FetchNode, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const inner of node.nodes) eachFetch(inner, visit, path);
      break;
    case 'Flatten':
      eachFetch(node.node, visit, [...path, ...node.path.map(String).filter((step) => step !== '@')]);
      break;
    case 'Condition':
      if (node.ifClause) eachFetch(node.ifClause, visit, path);
      if (node.elseClause) eachFetch(node.elseClause, visit, path);
      break;
    case 'Defer':
      for (const { node: inner } of [node.primary, ...node.deferred])
        if (inner) eachFetch(inner, visit, path);
      break;
    case 'Fetch':
      visit(node, path);
      break;
  }
}
