import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { apiSchemaOf } from '../../gateway/api-diff.ts';

/** The coordinates of all that clients see of the graph and nobody has described. */
export function undescribed(api: GraphQLSchema): string[] {
  const found: string[] = [];
  const look = (coordinate: string, { description }: { description?: string | null | undefined }) => {
    if (!description?.trim()) found.push(coordinate);
  };
  const roots = new Set([api.getQueryType(), api.getMutationType(), api.getSubscriptionType()]);
  for (const type of Object.values(api.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    if (!(isObjectType(type) && roots.has(type))) look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      const args = 'args' in field ? field.args : [];
      for (const argument of args) look(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return found;
}

if (import.meta.main) {
  const supergraph = readFileSync(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8');
  const found = undescribed(apiSchemaOf(supergraph));
  for (const coordinate of found) process.stderr.write(`${coordinate} has no description\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
