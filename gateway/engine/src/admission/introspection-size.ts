import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** How many fields are selected below one, whatever conditions they have. */
export function fieldsWithin(
  { selectionSet }: { readonly selectionSet?: SelectionSetNode | undefined },
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): number {
  let count = 0;
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === Kind.FIELD) count += 1;
    const within = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
    if (within) count += fieldsWithin(within, fragments);
  }
  return count;
}

const counts = new WeakMap<GraphQLSchema, number>();

/** How many fields the types of a schema have, those of inputs and the values of enums among them. */
export function fieldsOf(schema: GraphQLSchema): number {
  let count = counts.get(schema);
  if (count === undefined) {
    count = 0;
    for (const type of Object.values(schema.getTypeMap())) {
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        count += Object.keys(type.getFields()).length;
      } else if (isEnumType(type)) count += type.getValues().length;
    }
    counts.set(schema, count);
  }
  return count;
}
