import { type GraphQLSchema, isAbstractType } from 'graphql';
import type { DataObject } from './data.ts';

/** Whether an object that says its type is of the type that a plan names; `unknown` where it doesn't say. */
export function isOfType(
  supergraph: GraphQLSchema,
  object: DataObject,
  condition: string,
  unknown: boolean,
): boolean {
  const { __typename: name } = object;
  if (!name) return unknown;
  return typeof name === 'string' && isSubtype(supergraph, name, condition);
}

export function isSubtype(supergraph: GraphQLSchema, name: string, condition: string): boolean {
  if (name === condition) return true;
  const asked = supergraph.getType(condition);
  const type = supergraph.getType(name);
  if (!isAbstractType(asked) || !type || !('getInterfaces' in type)) return false;
  return supergraph.isSubType(asked, type);
}
