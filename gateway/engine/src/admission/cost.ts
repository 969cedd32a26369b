import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { conditionOf } from '../documents/conditions.ts';
import type { CostIndex, ListSize, SizedFields } from './cost-directives.ts';
import { fieldsOf, fieldsWithin } from './introspection-size.ts';

/** An operation that the schema has validated, with its variables as they came. */
export interface OperationToPrice {
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Readonly<Record<string, unknown>>;
}

/** What an operation costs at most. Throws a GraphQLError with code BAD_USER_INPUT where a list's size is not said as `@listSize` asks. */
export type PriceOperation = (request: OperationToPrice) => number;

export interface CostOptions {
  /** Of a list about whose size nothing is known. */
  listSize: number;
  /** Of an operation, whatever it asks for. */
  operation: number;
  /** Of a field of the root beside what it gives: a fetch, or a part of one, and what that asks a database. */
  rootField: number;
  /** The same of a mutation's: a transaction and what follows from it. */
  mutation: number;
  /** Of a scalar or an enum, `__typename` too. */
  leaf: number;
  /**
   * Of `__schema` or `__type`. Each field below costs a leaf for each field of the schema beside: so many are there to be
   * told, and all of it is told at once in the thread that serves everybody.
   */
  introspection: number;
}

/**
 * One is an object: about 10 microseconds on a core, of gateway, subgraph and database together, and the rest is in
 * proportion to that, as it was measured.
 */
export const defaultCostOptions: CostOptions = {
  listSize: 10,
  operation: 100,
  rootField: 100,
  mutation: 1500,
  leaf: 0.1,
  introspection: 500,
};

type Variables = Readonly<Record<string, unknown>>;
/** A number where no variable has a say. */
type Cost = number | ((variables: Variables) => number);
/** Undefined where nothing is said. */
type Size = number | undefined | ((variables: Variables) => number | undefined);

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

/**
 * Static cost as IBM's cost specification has it: an object costs 1, an input object 1, and what else there is what the
 * options say, unless `@cost` says otherwise; what is below a list counts once for each of its items. The sum is rounded up.
 * An operation is compiled once into a number, or into a function of the variables that have a say.
 */
export function createPriceOperation(
  schema: GraphQLSchema,
  index: CostIndex,
  options: CostOptions = defaultCostOptions,
): PriceOperation {
  const compiled = new WeakMap<OperationDefinitionNode, Cost>();
  return (request) => {
    let cost = compiled.get(request.operation);
    if (cost === undefined) {
      cost = compile(schema, index, options, request);
      compiled.set(request.operation, cost);
    }
    const total = typeof cost === 'number' ? cost : cost(withDefaults(request));
    // What is left over of a sum of fractions is not one more.
    return Math.max(0, Math.ceil(total - 1e-6));
  };
}

function compile(
  schema: GraphQLSchema,
  index: CostIndex,
  options: CostOptions,
  { operation, fragments }: OperationToPrice,
): Cost {
  const { weights } = index;
  const root = schema.getRootType(operation.operation);
  const besideRoot = operation.operation === 'mutation' ? options.mutation : options.rootField;

  const selectionSet = (set: SelectionSetNode, parent: GraphQLCompositeType, sizes: Sizes): Cost =>
    sum(set.selections.map((selection) => conditional(selection.directives, one(selection, parent, sizes))));

  const one = (selection: SelectionNode, parent: GraphQLCompositeType, sizes: Sizes): Cost => {
    if (selection.kind === Kind.FIELD) return field(selection, parent, sizes);
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    if (!fragment) return 0;
    const type = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : parent;
    return isCompositeType(type) ? selectionSet(fragment.selectionSet, type, sizes) : 0;
  };

  const field = (node: FieldNode, parent: GraphQLCompositeType, sizes: Sizes): Cost => {
    const { value: name } = node.name;
    if (name === '__schema' || name === '__type') {
      return options.introspection + fieldsWithin(node, fragments) * options.leaf * fieldsOf(schema);
    }
    if (name === '__typename') return options.leaf;
    if (!(isObjectType(parent) || isInterfaceType(parent))) return 0;
    const definition = parent.getFields()[name];
    if (!definition) return 0;
    const coordinate = `${parent.name}.${name}`;
    const type = getNamedType(definition.type);
    const ofType = weights.get(type.name) ?? (isCompositeType(type) ? 1 : options.leaf);
    const ofField = weights.get(coordinate);
    const own = ofField ?? ofType;
    const beside = parent === root && ofField === undefined ? besideRoot : 0;
    const below = sizesBelow(node, definition, index.lists.get(coordinate), sizes.get(name));
    const inner =
      node.selectionSet && isCompositeType(type) ? selectionSet(node.selectionSet, type, below.sizes) : 0;
    const one = sum([own, inner]);
    const isList = isListType(getNullableType(definition.type));
    return sum([
      beside,
      isList ? times(below.ownSize, options.listSize, one) : one,
      ...(node.arguments ?? []).map(({ name: { value: argument }, value }) =>
        argumentCost(
          value,
          definition.args.find((a) => a.name === argument),
          coordinate,
        ),
      ),
    ]);
  };

  const argumentCost = (value: ValueNode, input: GraphQLArgument | undefined, coordinate: string): Cost => {
    if (!input) return 0;
    const weight = weights.get(`${coordinate}(${input.name}:)`);
    const price = (variables: Variables) =>
      inputCost(valueFromASTUntyped(value, variables), input.type, weight, weights);
    if (isFree(input.type, weight, weights)) return 0;
    return hasVariable(value) ? price : price({});
  };

  return root ? sum([options.operation, selectionSet(operation.selectionSet, root, noSizes)]) : 0;
}

/** Sizes that fields further up have given to fields of this selection set, or to what is below those. */
type Sizes = ReadonlyMap<string, { size: Size; below: SizedFields | null }>;
const noSizes: Sizes = new Map();

/** How large a list field itself is, and the lists below it. */
function sizesBelow(
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

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value of this type costs nothing, whatever it is. */
const isFree = (type: GraphQLInputType, weight: number | undefined, weights: CostIndex['weights']) =>
  !weight && !isInputObjectType(getNamedType(type)) && !weights.get(getNamedType(type).name);

function inputCost(
  value: unknown,
  type: GraphQLInputType,
  weight: number | undefined,
  weights: CostIndex['weights'],
): number {
  const nullable = getNullableType(type);
  if (value === null || value === undefined) return 0;
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce(
      (total: number, item) => total + inputCost(item, nullable.ofType, weight, weights),
      weight ?? 0,
    );
  }
  const own = weight ?? weights.get(nullable.name);
  if (!isInputObjectType(nullable)) return own ?? 0;
  let total = own ?? 1;
  for (const input of Object.values(nullable.getFields())) {
    if (!isMap(value) || value[input.name] === undefined) continue;
    const inner = weights.get(`${nullable.name}.${input.name}`);
    if (!isFree(input.type, inner, weights))
      total += inputCost(value[input.name], input.type, inner, weights);
  }
  return total;
}

function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable() {
      found = true;
    },
  });
  return found;
}

/** What `@skip` and `@include` leave out costs nothing. */
function conditional(directives: readonly DirectiveNode[] | undefined, cost: Cost): Cost {
  let total = cost;
  for (const directive of directives ?? []) {
    const condition = conditionOf(directive);
    if (!condition) continue;
    const { value, wanted } = condition;
    if (value.kind === Kind.BOOLEAN && value.value !== wanted) return 0;
    if (value.kind !== Kind.VARIABLE) continue;
    const [variable, within] = [value.name.value, total];
    total = (variables) => ((variables[variable] === true) === wanted ? evaluate(within, variables) : 0);
  }
  return total;
}

const evaluate = (cost: Cost, variables: Variables) => (typeof cost === 'number' ? cost : cost(variables));

function sum(costs: readonly Cost[]): Cost {
  let fixed = 0;
  const varying: Exclude<Cost, number>[] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') fixed += cost;
    else varying.push(cost);
  }
  if (varying.length === 0) return fixed;
  return (variables) => varying.reduce((total, cost) => total + cost(variables), fixed);
}

function times(size: Size, preset: number, cost: Cost): Cost {
  const fixed = (count: number | undefined) => Math.max(0, count ?? preset);
  if (typeof size === 'function') return (variables) => fixed(size(variables)) * evaluate(cost, variables);
  return typeof cost === 'number'
    ? fixed(size) * cost
    : (variables) => fixed(size) * evaluate(cost, variables);
}

function withDefaults({ operation, variables }: OperationToPrice): Variables {
  const values: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    if (defaultValue && values[name] === undefined) values[name] = valueFromASTUntyped(defaultValue);
  }
  return values;
}
