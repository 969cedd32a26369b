import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { Kind, parse, type SelectionSetNode } from 'graphql';
import { eachFetch } from './each-fetch.ts';

/**
 * Finds the fetches whose answer for an entity may be held, uncopied, by every object that stands for that entity.
 * That is so while no other fetch writes into the objects within such an answer by way of the object around it: what
 * it brought to one place would show in the others. Fetches for the objects within do so in place, and bring the
 * same for all places.
 */
export function findSharing(root: PlanNode): ReadonlySet<FetchNode> {
  const objects = new Map<FetchNode, ReadonlySet<string>>();
  let renames = false;

  eachFetch(root, (fetch, path) => {
    renames ||= fetch.outputRewrites?.some((rewrite) => rewrite.kind === 'KeyRenamer') ?? false;
    objects.set(fetch, objectPaths(fetch, path.join('.')));
  });
  // Where keys change on the way, paths of operations are not those of the answer.
  if (renames) return new Set();

  const writers = new Map<string, number>();
  for (const paths of objects.values()) {
    for (const path of paths) writers.set(path, (writers.get(path) ?? 0) + 1);
  }
  const sharing = new Set<FetchNode>();
  for (const [fetch, paths] of objects) {
    if (fetch.requires && [...paths].every((path) => writers.get(path) === 1)) sharing.add(fetch);
  }
  return sharing;
}

/** The places in the answer at which a fetch writes objects, lists left out. */
function objectPaths(fetch: FetchNode, prefix: string): ReadonlySet<string> {
  const paths = new Set<string>();
  const document = parse(fetch.operation, { noLocation: true });
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  }

  const collect = (set: SelectionSetNode, path: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (!selection.selectionSet) continue;
        const key = (selection.alias ?? selection.name).value;
        const inner = path === '' ? key : `${path}.${key}`;
        paths.add(inner);
        collect(selection.selectionSet, inner);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet, path);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment, path);
      }
    }
  };
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const selection of node.selectionSet.selections) {
      if (fetch.requires && selection.kind === Kind.FIELD && selection.selectionSet) {
        // `_entities` itself is not in the answer.
        collect(selection.selectionSet, prefix);
      } else if (!fetch.requires) {
        collect({ kind: Kind.SELECTION_SET, selections: [selection] }, prefix);
      }
    }
  }
  return paths;
}
