import {
  coerceInputValue,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';
import { cutShort, preview } from '../documents/preview.ts';

/** An operation's variables as its types have them, or the first few things that are wrong with them. */
export type CoercedVariables =
  | { errors: readonly GraphQLError[]; coerced?: undefined }
  | { errors?: undefined; coerced: Readonly<Record<string, unknown>> };

type Given = Readonly<Record<string, unknown>>;

/** Whoever has seen these sends another request before they need the next. */
const maxErrors = 5;
/** Deeper than any input type; what walks over values is recursive. */
const maxLevels = 50;

/**
 * Coerces variables as GraphQL's own `getVariableValues` does, in its words. That one goes on through all of a value and
 * prints the whole of it into each error: a request of kilobytes becomes an answer of megabytes.
 */
export function coerceVariables(
  { schema }: { schema: GraphQLSchema },
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Given,
): CoercedVariables {
  const coerced: Record<string, unknown> = Object.create(null);
  const errors: GraphQLError[] = [];
  const note = (node: VariableDefinitionNode, message: string) => {
    errors.push(new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }));
    if (errors.length >= maxErrors) throw enough;
  };
  try {
    for (const node of variableDefinitions) coerceOne(node);
  } catch (error) {
    if (error !== enough) throw error;
  }
  return errors.length > 0 ? { errors } : { coerced };

  function coerceOne(node: VariableDefinitionNode): void {
    const name = node.variable.name.value;
    const type = typeFromAST(schema, node.type);
    if (!isInputType(type)) throw new Error(`the type of $${name} is not one of inputs`);
    if (!Object.hasOwn(given, name)) {
      if (node.defaultValue) coerced[name] = valueFromAST(node.defaultValue, type);
      else if (isNonNullType(type)) {
        note(node, `Variable "$${name}" of required type "${type}" was not provided.`);
      }
      return;
    }
    const value = given[name];
    if (value === null && isNonNullType(type)) {
      note(node, `Variable "$${name}" of non-null type "${type}" must not be null.`);
      return;
    }
    const fault = (path: readonly (string | number)[], wrong: unknown, { message }: GraphQLError) => {
      const place = path.length > 0 ? ` at "${name}${printPath(path)}"` : '';
      note(node, `Variable "$${name}" got invalid value ${preview(wrong)}${place}; ${cutShort(message)}`);
    };
    // Suggestions compare every name that was sent with every name that there is.
    coerced[name] = coerceInputValue(value, type, fault, true);
  }
}

/** What is wrong with the values that an operation is given; undefined when nothing is. */
export function faultsOfVariables(
  loaded: { schema: GraphQLSchema },
  operation: OperationDefinitionNode,
  given: Given,
): readonly GraphQLError[] | undefined {
  return operation.variableDefinitions?.length ? coerceVariables(loaded, operation, given).errors : undefined;
}

/** Throws a GraphQLError with code BAD_USER_INPUT when values are nested too deep to be looked at. */
export function checkNesting(given: unknown): void {
  if (!isWithin(given, maxLevels)) {
    throw new GraphQLError(`The variables are nested too deep: at most ${maxLevels} levels are allowed`, {
      extensions: { code: 'BAD_USER_INPUT', limit: maxLevels, http: { status: 400 } },
    });
  }
}

function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const key in value) if (!isWithin((value as Given)[key], levels - 1)) return false;
  return true;
}

const enough = new Error('enough errors');

const printPath = (path: readonly (string | number)[]) =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
