import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  getNullableType,
  isListType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { ListSize, SizedFields } from './cost-directives.ts';
import type { Size, Variables } from './cost-expression.ts';
import { hasVariable, isMap } from './input-values.ts';

/** Where no `@listSize` says otherwise, `first` or `last` make a connection as Relay has it. */
const connectionFields: SizedFields = new Map([
  ['edges', null],
  ['nodes', null],
]);
const connection: ListSize = {
  assumedSize: undefined,
  slicingArguments: [['first'], ['last']],
  sizedFields: connectionFields,
  requireOneSlicingArgument: false,
};

/** Sizes that fields further up have given to fields of this selection set, or to what is below those. */
export type Sizes = ReadonlyMap<string, { size: Size; below: SizedFields | null }>;
export const noSizes: Sizes = new Map();

/** How large a list field itself is, and the lists below it. */
export function sizesBelow(
  node: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  listSize: ListSize | undefined,
  given: { size: Size; below: SizedFields | null } | undefined,
): { ownSize: Size; sizes: Sizes } {
  const sizes = new Map<string, { size: Size; below: SizedFields | null }>();
  const hand = (fields: SizedFields, size: Size) => {
    for (const [name, below] of fields) sizes.set(name, { size, below });
  };
  // What `@listSize(sizedFields: "page { items }")` further up says holds on below.
  if (given?.below) hand(given.below, given.size);
  const isList = isListType(getNullableType(definition.type));
  let ownSize = given && !given.below ? given.size : undefined;
  if (listSize || isRelayConnection(definition)) {
    const { sizedFields, ...rules } = listSize ?? connection;
    const size = sizeOf(node, definition, rules);
    if (sizedFields.size > 0) hand(sizedFields, size);
    else if (!isList) hand(connectionFields, size);
    if (sizedFields.size === 0 || !listSize) ownSize ??= size;
  }
  return { ownSize, sizes };
}

const isRelayConnection = ({ args }: GraphQLField<unknown, unknown>) =>
  args.some(({ name }) => name === 'first' || name === 'last');

function sizeOf(
  node: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  { slicingArguments, assumedSize, requireOneSlicingArgument }: Omit<ListSize, 'sizedFields'>,
): Size {
  let varies = false;
  const read = slicingArguments.map(([name = '', ...path]) => {
    const value = node.arguments?.find((one) => one.name.value === name)?.value;
    const preset = definition.args.find((one) => one.name === name)?.defaultValue;
    varies ||= value !== undefined && hasVariable(value);
    return (variables: Variables) => {
      const isGiven = value && !(value.kind === Kind.VARIABLE && variables[value.name.value] === undefined);
      let found: unknown = isGiven ? valueFromASTUntyped(value, variables) : preset;
      for (const key of path) found = isMap(found) ? found[key] : undefined;
      return Array.isArray(found) ? found.length : typeof found === 'number' ? found : undefined;
    };
  });
  const size = (variables: Variables) => {
    const sizes = read.map((one) => one(variables)).filter((one) => one !== undefined);
    if (requireOneSlicingArgument && slicingArguments.length > 0 && sizes.length !== 1) {
      const names = slicingArguments.map((path) => path.join('.')).join(', ');
      throw new GraphQLError(`${definition.name} takes exactly one of these arguments: ${names}`, {
        nodes: node,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    return sizes.length > 0 ? Math.max(...sizes) : assumedSize;
  };
  return varies ? size : size({});
}
