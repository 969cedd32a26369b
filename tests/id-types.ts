import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { typeNamedBy } from '@socialhub/platform/global-ids/directive';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { buildASTSchema, isInputObjectType, isObjectType, parse } from 'graphql';

/**
 * Of which type of Node each ID is that a client gives, by its coordinate: `CreatePostInput.mediaIds`, `Query.post(id:)`.
 * The subgraphs' schemas say it; the supergraph does not.
 */
export const idTypes: ReadonlyMap<string, NodeType> = new Map(serviceNames.flatMap(idTypesOf));

function idTypesOf(service: string): [string, NodeType][] {
  const file = join(import.meta.dirname, '../subgraphs', service, 'schema.graphql');
  const schema = buildASTSchema(parse(readFileSync(file, 'utf8')), { assumeValidSDL: true });
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isInputObjectType(type))
      return named(Object.values(type.getFields()), (name) => `${type.name}.${name}`);
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) =>
      named(field.args, (name) => `${type.name}.${field.name}(${name}:)`),
    );
  });
}

function named(
  elements: readonly Parameters<typeof typeNamedBy>[0][],
  coordinateOf: (name: string) => string,
): [string, NodeType][] {
  return elements.flatMap((element) => {
    const type = typeNamedBy(element);
    return type ? [[coordinateOf(element.name), type]] : [];
  });
}
