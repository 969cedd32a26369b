import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { eachFetch } from './each-fetch.ts';

/**
 * The places in the answer that a plan's fetches write to, as keys with dots between them, lists left out. What an
 * operation asks for anywhere else no subgraph is asked for: the planner leaves it out without a word.
 */
export function plannedPaths(root: PlanNode | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  if (root) eachFetch(root, (fetch, path) => addPaths(fetch, path.join('.'), paths));
  return paths;
}

/** The keys that one fetch writes into an object that it is for. */
export function keysOfFetch(fetch: FetchNode): ReadonlySet<string> {
  const paths = new Set<string>();
  addPaths(fetch, '', paths);
  return new Set([...paths].filter((path) => !path.includes('.')));
}

export const pathWithin = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function addPaths(fetch: FetchNode, prefix: string, paths: Set<string>): void {
  const { definitions } = parse(fetch.operation, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const renamed = new Map<string, string[]>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    const key = String(rewrite.path.at(-1));
    if (rewrite.kind === 'KeyRenamer') renamed.set(key, [...(renamed.get(key) ?? []), rewrite.renameKeyTo]);
  }

  const collect = (set: SelectionSetNode, path: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        for (const name of [key, ...(renamed.get(key) ?? [])]) {
          const inner = pathWithin(path, name);
          paths.add(inner);
          if (selection.selectionSet) collect(selection.selectionSet, inner);
        }
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (inner) collect(inner.selectionSet, path);
      }
    }
  };
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const [entities] = node.selectionSet.selections;
    const isOfEntities = fetch.requires && entities?.kind === Kind.FIELD && entities.selectionSet;
    collect(isOfEntities ? entities.selectionSet : node.selectionSet, prefix);
  }
}
