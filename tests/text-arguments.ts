import { gid } from '@socialhub/platform/testing/gid';
import {
  buildASTSchema,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
} from 'graphql';
import { idTypes } from './id-types.ts';

/** A place in the arguments of a query or mutation that takes a text, and the operation that puts one there. */
export interface TextArgument {
  /** `createPost(input.text)`. */
  place: string;
  query: string;
  /** The variables with this text in that place; the others are valid, as far as their type says. */
  variables(text: string): Record<string, unknown>;
}

const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Every place in the arguments of the graph's queries and mutations that takes a String or an ID. */
export function textArguments(supergraph: string): TextArgument[] {
  const schema = buildASTSchema(parse(supergraph), { assumeValid: true });
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {}).flatMap((field) => {
      const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
      const query = `${root === schema.getQueryType() ? 'query' : 'mutation'} (${declared}) { ${field.name}(${passed}) { __typename } }`;
      return field.args.flatMap((argument) =>
        placesIn(argument.type, [argument.name]).map((path) => ({
          place: `${field.name}(${path.join('.')})`,
          query,
          variables: (text: string) =>
            Object.fromEntries(
              field.args.flatMap(({ name, type }) => {
                const rest = name === path[0] ? path.slice(1) : null;
                const value = argumentOf(type, `${root?.name}.${field.name}(${name}:)`, rest, text);
                return value === undefined ? [] : [[name, value]];
              }),
            ),
        })),
      );
    }),
  );
}

function placesIn(type: GraphQLInputType, path: string[]): string[][] {
  if (isNonNullType(type) || isListType(type)) return placesIn(type.ofType, path);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name]));
  }
  return type.name === 'String' || type.name === 'ID' ? [path] : [];
}

/**
 * A value for the place with this coordinate, with the text at the path; without a path any valid one, undefined where none
 * is required.
 */
function argumentOf(
  type: GraphQLInputType,
  coordinate: string,
  path: readonly string[] | null,
  text: string,
): unknown {
  if (isNonNullType(type))
    return argumentOf(type.ofType, coordinate, path ?? [], path === null ? madeUp(coordinate) : text);
  if (path === null) return undefined;
  if (isListType(type)) return [argumentOf(type.ofType, coordinate, path, text)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const [next, ...rest] = path;
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => field.name === next || isRequiredInputField(field))
        .map((field) => {
          const inner = field.name === next ? rest : null;
          return [field.name, argumentOf(field.type, `${type.name}.${field.name}`, inner, text)];
        }),
    );
  }
  if (type.name === 'Int') return 1;
  if (type.name === 'Boolean') return true;
  return text;
}

function madeUp(coordinate: string): string {
  const type = idTypes.get(coordinate);
  return type ? gid(type, nobody) : 'something';
}
