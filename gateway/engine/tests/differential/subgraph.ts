import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import { hash } from './choices.ts';
import type { World } from './world.ts';

/** What goes wrong, one in so many; 0 for never. */
export interface Faults {
  fetch: number;
  field: number;
  missing: number;
  nulls: number;
  wrongLeaf: number;
}

export interface MemorySubgraph {
  name: string;
  /** Answers as a subgraph over HTTP would, from data that hangs on seed, entity and field alone. */
  answer(
    query: string,
    variables: Record<string, unknown>,
    seed: number,
    faults: Faults,
    /** The fetches that came as one, as they would have come alone. */
    parts: readonly string[],
  ): Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] }>;
}

interface Thing {
  __typename: string;
  /** What its values hang on; `E1-2` for entities. */
  id: string;
  representation?: Record<string, unknown>;
}

interface Setting {
  seed: number;
  faults: Faults;
}

type Module = Parameters<typeof buildSubgraphSchema>[0] extends infer M
  ? M extends readonly (infer Item)[]
    ? Item
    : never
  : never;

const instances = 3;

/** Makes a subgraph of a world executable. With `agrees` it has the values that the other subgraphs have. */
export function memorySubgraph(world: World, name: string, sdl: string, agrees = false): MemorySubgraph {
  const typeDefs = parse(sdl);
  const resolvers: Record<string, object> = {};
  for (const node of typeDefs.definitions) {
    const isEntity = 'directives' in node && node.directives?.some((d) => d.name.value === 'key');
    if (!isEntity || !('name' in node) || !node.name) continue;
    const typename = node.name.value;
    resolvers[typename] = {
      __resolveReference: (representation: Record<string, unknown>, { seed, faults }: Setting) =>
        resolveReference(name, schema, typename, representation, seed, faults),
    };
  }
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs, resolvers } as unknown as Module]);

  const fieldResolver: GraphQLFieldResolver<Thing, Setting> = (source, args, { seed, faults }, info) => {
    const thing = source ?? { __typename: info.parentType.name, id: info.parentType.name };
    const field = info.fieldName;
    const fixed = keyValue(thing, field);
    if (fixed !== undefined) return fixed;
    const needs = world.requires.get(`${name}.${info.parentType.name}.${field}`) ?? [];
    const given = needs.map((need) => JSON.stringify(thing.representation?.[need] ?? null)).join();
    // Values that several subgraphs have may differ between them: what came from where must not get mixed up.
    const at = [seed, agrees ? '' : name, thing.id, field, JSON.stringify(args), given].join('/');
    if (oneIn(faults.field, at, 'error')) {
      const code = hash(at, 'code') % 2 ? { code: 'BROKEN' } : {};
      throw new GraphQLError(`no ${field} of ${thing.id} in ${name}`, { extensions: code });
    }
    return makeValue(info.returnType, at, { schema, faults });
  };

  return {
    name,
    async answer(query, variables, seed, faults, parts) {
      const failing = parts.filter((part) => oneIn(faults.fetch, seed, name, asBoth(part)));
      // What came with others is asked by itself when it can't be told which of them failed.
      if (failing.length > 0 && parts.length > 1) return { data: null, errors: [{ message: 'one of them' }] };
      if (failing.length > 0) return failedFetch(hash(seed, name, asBoth(query), 'how'), name);
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        contextValue: { seed, faults },
        fieldResolver: fieldResolver as GraphQLFieldResolver<unknown, unknown>,
        typeResolver: (value) => (value as Thing).__typename,
      });
      // Values that the schema forbids: GraphQL.js would not let them out.
      const text = JSON.stringify(result).replace(/"@raw:(\d+)"/g, '$1');
      return JSON.parse(text);
    },
  };
}

function failedFetch(how: number, name: string) {
  if (how % 4 === 0) return { data: null, errors: [{ message: `${name} is down` }] };
  if (how % 4 === 1) return { data: null };
  if (how % 4 === 2) {
    return { data: null, errors: [{ message: `${name} refuses`, extensions: { code: 'REFUSED' } }] };
  }
  throw new GraphQLError(`no answer from ${name}`, { extensions: { code: 'UNAVAILABLE' } });
}

function resolveReference(
  subgraph: string,
  schema: GraphQLSchema,
  typename: string,
  representation: Record<string, unknown>,
  seed: number,
  faults: Faults,
): Thing | null {
  const org = representation.org as { id: string } | undefined;
  const sku = representation.sku as string | undefined;
  const id = (representation.id as string | undefined) ?? sku?.slice(4) ?? org?.id.slice(4) ?? '?';
  if (oneIn(faults.missing, seed, subgraph, id)) return null;
  const type = schema.getType(typename);
  // An entity interface that is asked for by its own name: the id tells which it is.
  const runtime = isAbstractType(type) ? (id.split('-')[0] ?? typename) : typename;
  return { __typename: runtime, id, representation };
}

function keyValue(thing: Thing, field: string): unknown {
  if (field === 'id') return thing.id;
  if (field === 'sku') return `sku:${thing.id}`;
  if (field === 'org') return { __typename: 'Org', id: `org:${thing.id}` };
  return undefined;
}

/** A fetch fails for both or for neither, though ours gives what is required with arguments a key of its own. */
const asBoth = (query: string): string => query.replaceAll(/__required_\w+:/g, '');

const oneIn = (count: number, ...parts: readonly unknown[]) => count > 0 && hash(...parts) % count === 0;

function makeValue(
  type: GraphQLOutputType,
  at: string,
  world: { schema: GraphQLSchema; faults: Faults },
): unknown {
  const { schema, faults } = world;
  if (isNonNullType(type)) {
    if (oneIn(faults.nulls, at, 'null')) return null;
    return makeValue(type.ofType, `${at}!`, { schema, faults }) ?? makeValue(type.ofType, `${at}!!`, world);
  }
  if (hash(at, 'none') % 7 === 0) return null;
  if (isListType(type)) {
    return Array.from({ length: hash(at, 'length') % 4 }, (_, i) =>
      makeValue(type.ofType, `${at}.${i}`, world),
    );
  }
  const number = hash(at);
  if (isScalarType(type)) {
    switch (type.name) {
      case 'Int':
        return (number % 2000) - 1000;
      case 'Float':
        return number / 7;
      case 'Boolean':
        return number % 2 === 0;
      case 'ID':
        return `id "${number % 100}"`;
      case 'String':
        return oneIn(faults.wrongLeaf, at, 'wrong') ? `@raw:${number}` : `t${number % 1000}é\n`;
      default:
        return { any: [number % 10, null, { deep: String(number % 7) }], kind: number % 3 };
    }
  }
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.value;
  if (isAbstractType(type)) {
    const possible = schema.getPossibleTypes(type);
    const chosen = possible[number % possible.length];
    return chosen ? thingOf(chosen.name, `${at}~`) : null;
  }
  const named = getNamedType(type);
  return isObjectType(named) ? thingOf(named.name, at) : null;
}

/** Entities are few, so that they meet again; what an interface object stands for is one of the interface's types. */
function thingOf(typename: string, at: string): Thing {
  const number = hash(at, 'which') % instances;
  if (typename === 'V' || typename === 'Org') return { __typename: typename, id: `V${hash(at) % 5}` };
  if (typename !== 'Media') return { __typename: typename, id: `${typename}-${number}` };
  return { __typename: typename, id: `${hash(at, 'kind') % 2 ? 'Book' : 'Movie'}-${number}` };
}
