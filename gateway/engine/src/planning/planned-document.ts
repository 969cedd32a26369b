import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from 'graphql';
import { isCondition } from '../documents/conditions.ts';
import { deferOf } from '../documents/defer-directive.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import { type ReservedKeys, withPlannedKeys } from './planned-keys.ts';

/** What the planner is asked to plan for a client's document. */
export const documentToPlan = (document: DocumentNode, reserved: ReservedKeys): DocumentNode =>
  withPlannedKeys(withObjects(document), reserved);

/**
 * The same document, with `__typename` for objects of which conditions may leave nothing, or nothing that is not deferred. The planner asks for no such
 * object at all; but it is there or not whatever is asked of it.
 */
export function withObjects(document: DocumentNode): DocumentNode {
  const fragments = fragmentsOf(document);
  return visit(document, {
    Field(node) {
      const { selectionSet } = node;
      if (!selectionSet || !mayBeEmpty(selectionSet, fragments)) return undefined;
      const selections = [...selectionSet.selections, typename];
      return { ...node, selectionSet: { ...selectionSet, selections } };
    },
  });
}

export const typename = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
} as const;

const mayBeEmpty = (
  { selections }: SelectionSetNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): boolean =>
  selections.every((selection) => {
    if (selection.directives?.some(isCondition) || deferOf(selection.directives)) return true;
    if (selection.kind === Kind.FIELD) return false;
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    return !!inner && mayBeEmpty(inner.selectionSet, fragments);
  });
