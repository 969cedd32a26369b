import { type GraphQLInputObjectType, type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';
import { badUserInput } from '../errors.ts';
import { decodeGlobalId } from './codec.ts';
import { typeNamedBy } from './directive.ts';
import type { NodeType } from './node-types.ts';

/** Gives the value with UUIDs in the place of global ids; `field` is its path. Throws BAD_USER_INPUT. */
type Decode = (value: unknown, field: string) => unknown;
type Given = Record<string, unknown>;
type Element = Parameters<typeof typeNamedBy>[0] & { type: GraphQLInputType };

/**
 * What decodes the arguments of a field, or the fields of an input object, down to every `@id`; null where there is none.
 * What it is given stays as it is: a variable may stand in more than one place.
 */
export function inputDecoder(elements: readonly Element[]): Decode | null {
  const decoders = elements.flatMap((element) => {
    const decode = elementDecoder(element);
    return decode ? [[element.name, decode] as const] : [];
  });
  if (decoders.length === 0) return null;
  return (value, field) => {
    const given = value as Given;
    const decoded: Given = { ...given };
    for (const [name, decode] of decoders) {
      if (given[name] != null) decoded[name] = each(given[name], field ? `${field}.${name}` : name, decode);
    }
    return decoded;
  };
}

const ofInputTypes = new WeakMap<GraphQLInputObjectType, Decode | null>();

function elementDecoder(element: Element): Decode | null {
  const wanted = typeNamedBy(element);
  if (wanted) return (value, field) => decodeId(value as string, field, wanted);
  const type = getNamedType(element.type);
  if (!isInputObjectType(type)) return null;
  const known = ofInputTypes.get(type);
  if (known !== undefined) return known;
  // For an input type that contains itself: it is known whether it has ids by the time a value comes.
  ofInputTypes.set(type, (value, field) => ofInputTypes.get(type)?.(value, field) ?? value);
  const decode = inputDecoder(Object.values(type.getFields()) as Element[]);
  ofInputTypes.set(type, decode);
  return decode;
}

const each = (value: unknown, field: string, decode: Decode): unknown =>
  Array.isArray(value)
    ? value.map((item) => (item == null ? item : each(item, field, decode)))
    : decode(value, field);

function decodeId(id: string, field: string, wanted: NodeType): string {
  const found = decodeGlobalId(id);
  if (found?.type !== wanted) throw badUserInput(field, `has to be the id of a ${wanted}`);
  return found.uuid;
}
