import {
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  visit,
} from 'graphql';
import { argumentOf, deferOf } from '../documents/defer-directive.ts';

/** Labels tell parts apart: each is there once, as a text. */
export function uniqueDeferLabels(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  return {
    Directive(node) {
      if (node.name.value !== 'defer') return;
      const label = argumentOf(node, 'label');
      if (!label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        context.reportError(
          new GraphQLError('The label of @defer has to be a text, not a variable', { nodes: node }),
        );
        return;
      }
      const other = known.get(label.value);
      if (other) {
        context.reportError(new GraphQLError('A label of @defer is there twice', { nodes: [other, node] }));
      }
      known.set(label.value, node);
    },
  };
}

/**
 * Not on subscriptions, whose events are whole, and not at the root of a mutation: what is done there is done one
 * after the other. One that can't hold is let be, and so is one of a subscription that hangs on a variable.
 */
export function deferWhereItMayBe(context: ValidationContext): ASTVisitor {
  const report = (message: string, node: DirectiveNode) =>
    context.reportError(new GraphQLError(message, { nodes: node }));

  /** At the root, fragments expanded; each is entered once. */
  const atRoot = (set: SelectionSetNode, entered: Set<string>) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) continue;
      const defer = deferOf(selection.directives);
      if (defer && mayHold(defer)) report('@defer is not for the root of a mutation', defer);
      let inner: SelectionSetNode | undefined;
      if (selection.kind === Kind.INLINE_FRAGMENT) inner = selection.selectionSet;
      else if (!entered.has(selection.name.value)) {
        entered.add(selection.name.value);
        inner = context.getFragment(selection.name.value)?.selectionSet;
      }
      if (inner) atRoot(inner, entered);
    }
  };
  const inSubscription = (operation: OperationDefinitionNode) => {
    for (const node of [operation, ...context.getRecursivelyReferencedFragments(operation)]) {
      visit(node, {
        Directive(directive) {
          if (directive.name.value !== 'defer' || !mayHold(directive)) return;
          if (argumentOf(directive, 'if')?.kind === Kind.VARIABLE) return;
          report('@defer is not for subscriptions', directive);
        },
      });
    }
  };
  return {
    OperationDefinition(node) {
      if (node.operation === 'mutation') atRoot(node.selectionSet, new Set());
      if (node.operation === 'subscription') inSubscription(node);
    },
  };
}

function mayHold(defer: DirectiveNode): boolean {
  const condition = argumentOf(defer, 'if');
  return condition?.kind !== Kind.BOOLEAN || condition.value;
}
