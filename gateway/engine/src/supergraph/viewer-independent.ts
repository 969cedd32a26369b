import { isCompositeType as isComposite, type Schema } from '@apollo/federation-internals';
import {
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

const directive = 'viewerIndependent';

/** Schema coordinates (`Type` or `Type.field`) whose values are the same for whoever may read them. */
export type ViewerIndependent = ReadonlySet<string>;

/**
 * Reads `@viewerIndependent` of the specification with this identity, under whatever name a schema imports it. On a type it
 * stands for all of its fields. What does not carry it depends on the viewer.
 */
export function readViewerIndependent(
  supergraph: Schema,
  specification: string | undefined,
): ViewerIndependent {
  const declared = new Set<string>();
  const feature =
    specification === undefined ? undefined : supergraph.coreFeatures?.getByIdentity(specification);
  if (!feature) return declared;
  const name = feature.directiveNameInSchema(directive);
  for (const type of supergraph.types()) {
    if (type.hasAppliedDirective(name)) declared.add(type.name);
    if (!isComposite(type) || !('fields' in type)) continue;
    for (const field of type.fields()) {
      if (field.hasAppliedDirective(name)) declared.add(`${type.name}.${field.name}`);
    }
  }
  return declared;
}

/** Whether everything that an operation may select, its conditions met or not, is the same for every viewer. */
export function isViewerIndependent(
  schema: GraphQLSchema,
  declared: ViewerIndependent,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): boolean {
  if (declared.size === 0) return false;
  const entered = new Set<string>();

  const isFieldIndependent = (parent: GraphQLCompositeType, name: string): boolean => {
    if (name === '__typename') return true;
    const types = isObjectType(parent) ? [parent] : schema.getPossibleTypes(parent);
    return types.every((type) => declared.has(type.name) || declared.has(`${type.name}.${name}`));
  };

  const isIndependent = (set: SelectionSetNode, parent: GraphQLCompositeType): boolean =>
    set.selections.every((selection) => {
      if (selection.kind === 'Field') {
        if (!isFieldIndependent(parent, selection.name.value)) return false;
        if (!selection.selectionSet) return true;
        const field =
          isObjectType(parent) || isInterfaceType(parent)
            ? parent.getFields()[selection.name.value]
            : undefined;
        const type = field && getNamedType(field.type);
        return isCompositeType(type) && isIndependent(selection.selectionSet, type);
      }
      if (selection.kind === 'InlineFragment') {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        return isCompositeType(type) && isIndependent(selection.selectionSet, type);
      }
      if (entered.has(selection.name.value)) return true;
      entered.add(selection.name.value);
      const fragment = fragments[selection.name.value];
      const type = fragment && schema.getType(fragment.typeCondition.name.value);
      return isCompositeType(type) && !!fragment && isIndependent(fragment.selectionSet, type);
    });

  const root = schema.getSubscriptionType();
  return !!root && isIndependent(operation.selectionSet, root);
}
