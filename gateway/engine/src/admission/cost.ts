import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { CostIndex } from './cost-directives.ts';
import { type Cost, conditional, sum, times, type Variables } from './cost-expression.ts';
import { inputCost, isFree } from './input-cost.ts';
import { hasVariable } from './input-values.ts';
import { fieldsOf, fieldsWithin } from './introspection-size.ts';
import { noSizes, type Sizes, sizesBelow } from './list-sizes.ts';

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

function withDefaults({ operation, variables }: OperationToPrice): Variables {
  const values: Record<string, unknown> = { ...variables };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    if (defaultValue && values[name] === undefined) values[name] = valueFromASTUntyped(defaultValue);
  }
  return values;
}
