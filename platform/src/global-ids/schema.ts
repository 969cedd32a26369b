import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { decodeGlobalId, encodeGlobalId } from './codec.ts';
import { typeNamedBy } from './directive.ts';
import { inputDecoder } from './inputs.ts';
import { isNodeType, type NodeType } from './node-types.ts';

type Resolve = GraphQLFieldResolver<unknown, unknown>;
type ResolveReference = (reference: { id?: unknown }, ...rest: unknown[]) => unknown;

/**
 * Global ids at the edge of a subgraph: what lies behind its resolvers knows UUIDs alone. Encodes the `id` of every Node and
 * whatever else carries `@id`, decodes every argument and input field that carries it, and the references of other subgraphs.
 * Changes the schema that it is given.
 */
export function withGlobalIds(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    if (isNodeType(type.name)) decodeReferences(type, type.name);
    for (const field of Object.values(type.getFields())) {
      decodeArguments(field);
      const encoded = typeOfId(type, field);
      if (encoded) encodeResult(field, encoded);
    }
  }
  return schema;
}

/** The Node whose id a field gives. */
function typeOfId(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): NodeType | null {
  if (field.name === 'id' && isNodeType(type.name)) return type.name;
  return getNamedType(field.type).name === 'ID' ? typeNamedBy(field) : null;
}

function encodeResult(field: GraphQLField<unknown, unknown>, type: NodeType): void {
  const resolve: Resolve = field.resolve ?? defaultFieldResolver;
  const encode = (value: unknown): unknown => {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map(encode);
    return encodeGlobalId(type, String(value));
  };
  field.resolve = (...given) => {
    const value = resolve(...given);
    return value instanceof Promise ? value.then(encode) : encode(value);
  };
}

function decodeArguments(field: GraphQLField<unknown, unknown>): void {
  const decode = inputDecoder([...field.args]);
  if (!decode) return;
  const decoding =
    (resolve: Resolve): Resolve =>
    (source, args, ...rest) =>
      resolve(source, decode(args, '') as typeof args, ...rest);
  if (field.subscribe) field.subscribe = decoding(field.subscribe);
  // What a subscription resolves is an event; its arguments were those of `subscribe`.
  else field.resolve = decoding(field.resolve ?? defaultFieldResolver);
}

/** A reference whose id is of no row of this type is one to nothing. */
function decodeReferences(type: GraphQLObjectType, name: NodeType): void {
  const { apollo } = type.extensions as { apollo?: { subgraph?: { resolveReference?: ResolveReference } } };
  const resolveReference = apollo?.subgraph?.resolveReference;
  if (!apollo?.subgraph || !resolveReference) return;
  apollo.subgraph.resolveReference = (reference, ...rest) => {
    const found = typeof reference.id === 'string' ? decodeGlobalId(reference.id) : null;
    return found?.type === name ? resolveReference({ ...reference, id: found.uuid }, ...rest) : null;
  };
}
