import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, type SelectionSetNode } from 'graphql';
import { isCondition } from '../documents/conditions.ts';

/**
 * Whether there is a subscription at all can't hang on a variable (GraphQL, September 2025, 5.2.4.1). Throws a
 * GraphQLError with code BAD_USER_INPUT. To be called before validation: graphql 16 throws there over a condition
 * at the top of a subscription instead of reporting it.
 */
export function checkSubscriptionRoots(document: DocumentNode): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  }
  for (const node of document.definitions) {
    if (node.kind === 'OperationDefinition' && node.operation === 'subscription') {
      checkRoot(node.selectionSet, fragments, new Set());
    }
  }
}

function checkRoot(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  entered: Set<string>,
): void {
  for (const selection of set.selections) {
    if (selection.directives?.some(isCondition)) {
      throw new GraphQLError('@skip and @include are not allowed at the top of a subscription', {
        nodes: selection,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    if (selection.kind === 'InlineFragment') checkRoot(selection.selectionSet, fragments, entered);
    if (selection.kind !== 'FragmentSpread' || entered.has(selection.name.value)) continue;
    entered.add(selection.name.value);
    const fragment = fragments.get(selection.name.value);
    if (fragment) checkRoot(fragment.selectionSet, fragments, entered);
  }
}
