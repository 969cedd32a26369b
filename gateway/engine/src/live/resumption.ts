import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';

/** How a subscription is asked of its subgraph so that it can go on after a break. */
export interface Resumption {
  /** The operation with a variable for `after` and the cursor selected. */
  query: string;
  variable: string;
  /** Where events have their payload, and the payload its cursor. */
  rootKey: string;
  cursorKey: string;
  /** The client did not ask for the cursor. */
  isCursorAdded: boolean;
  /** The `after` that the client itself has given. */
  afterOf(variables: Readonly<Record<string, unknown>>): unknown;
}

/**
 * A subscription can go on where it stopped when its root field takes `after: String` and gives objects with
 * `cursor: String!`: handed back as `after`, the cursor of an event gives all events after that one. Takes the
 * client's root field, and what is asked of the subgraph. Gives null for fields that don't follow the convention.
 */
export function resumptionOf(schema: GraphQLSchema, rootField: string, upstream: string): Resumption | null {
  const definition = schema.getSubscriptionType()?.getFields()[rootField];
  if (!definition || !followsConvention(definition)) return null;
  const document = parse(upstream, { noLocation: true });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.selectionSet.selections.find((node) => node.kind === Kind.FIELD);
  if (!operation || root?.kind !== Kind.FIELD || root.name.value !== rootField || !root.selectionSet)
    return null;

  const variable = unused(
    'after',
    (operation.variableDefinitions ?? []).map(({ variable: { name } }) => name.value),
  );
  const selections = root.selectionSet.selections;
  const selected = selections.find((node): node is FieldNode => isCursor(node));
  const cursorKey = selected
    ? responseKey(selected)
    : unused(
        'cursor',
        selections.map((node) => (node.kind === Kind.FIELD ? responseKey(node) : '')),
      );
  const given = root.arguments?.find(({ name }) => name.value === 'after')?.value;
  return {
    query: print(rewritten({ document, operation, root, variable, cursorKey, isSelected: !!selected })),
    variable,
    rootKey: responseKey(root),
    cursorKey,
    isCursorAdded: !selected,
    afterOf: (variables) => valueGiven(given, operation, variables),
  };
}

/** Whether the root field takes an `after` at all, so that it may begin in the past. */
export const takesAfter = (schema: GraphQLSchema, rootField: string): boolean =>
  schema
    .getSubscriptionType()
    ?.getFields()
    [rootField]?.args.some(({ name }) => name === 'after') === true;

function followsConvention({ args, type }: GraphQLField<unknown, unknown>): boolean {
  const after = args.find(({ name }) => name === 'after')?.type;
  const payload = isNonNullType(type) ? type.ofType : type;
  if (!isScalarType(after) || after.name !== 'String' || !isObjectType(payload)) return false;
  const cursor = payload.getFields().cursor?.type;
  return isNonNullType(cursor) && getNamedType(cursor).name === 'String' && isScalarType(cursor.ofType);
}

/** Selected for certain: no condition stands before it. */
const isCursor = (node: FieldNode | { kind: string }): boolean =>
  node.kind === Kind.FIELD &&
  'name' in node &&
  node.name.value === 'cursor' &&
  (node.directives ?? []).length === 0;

const responseKey = (field: FieldNode): string => (field.alias ?? field.name).value;

/** Subgraphs' names can't begin with two underscores, and clients hardly do. */
function unused(name: string, used: readonly string[]): string {
  let candidate = `__resume_${name}`;
  while (used.includes(candidate)) candidate += '_';
  return candidate;
}

function rewritten(options: {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  root: FieldNode;
  variable: string;
  cursorKey: string;
  isSelected: boolean;
}): DocumentNode {
  const { document, operation, root, variable, cursorKey, isSelected } = options;
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const variableNode = { kind: Kind.VARIABLE, name: name(variable) } as const;
  const after: ArgumentNode = { kind: Kind.ARGUMENT, name: name('after'), value: variableNode };
  const cursor: FieldNode = { kind: Kind.FIELD, alias: name(cursorKey), name: name('cursor') };
  const field: FieldNode = {
    ...root,
    arguments: [...(root.arguments ?? []).filter((argument) => argument.name.value !== 'after'), after],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(root.selectionSet?.selections ?? []), ...(isSelected ? [] : [cursor])],
    },
  };
  const given = root.arguments?.find((argument) => argument.name.value === 'after')?.value;
  const stringType = { kind: Kind.NAMED_TYPE, name: name('String') } as const;
  const changed: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      // One that stood for `after` alone would be an unused variable now.
      ...(operation.variableDefinitions ?? []).filter(
        (node) => given?.kind !== Kind.VARIABLE || node.variable.name.value !== given.name.value,
      ),
      { kind: Kind.VARIABLE_DEFINITION, variable: variableNode, type: stringType },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operation.selectionSet.selections.map((node) => (node === root ? field : node)),
    },
  };
  const isUsedElsewhere =
    given?.kind === Kind.VARIABLE && new RegExp(`\\$${given.name.value}\\b`).test(print(changed));
  const kept = isUsedElsewhere
    ? { ...changed, variableDefinitions: [...(operation.variableDefinitions ?? []), ...added(changed)] }
    : changed;
  return {
    ...document,
    definitions: document.definitions.map((node) => (node === operation ? kept : node)),
  };
}

const added = (operation: OperationDefinitionNode) => (operation.variableDefinitions ?? []).slice(-1);

function valueGiven(
  given: ValueNode | undefined,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): unknown {
  if (given?.kind !== Kind.VARIABLE) return given && valueFromASTUntyped(given);
  const name = given.name.value;
  if (name in variables) return variables[name];
  const preset = operation.variableDefinitions?.find((node) => node.variable.name.value === name);
  return preset?.defaultValue && valueFromASTUntyped(preset.defaultValue);
}
