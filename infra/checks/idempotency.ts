import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql';
import { isNodeType } from '../../platform/src/global-ids/node-types.ts';

/** What creates something and takes no key, and why a request that is sent again does no harm all the same. */
export const exceptions: Readonly<Record<string, string>> = {
  addPasskey: 'the device’s answer is good once',
};

/** What each person has one of. Whatever gives it has changed it, but for `register`, and no name is good for two accounts. */
const ownTypes = new Set(['Account', 'User']);

/**
 * One sentence for each mutation of a subgraph that creates something and can’t be repeated. It creates something if its payload
 * has a Node that its input does not have to name.
 */
export function idempotencyFaults(subgraph: string, sdl: string, known = exceptions): string[] {
  const document = parse(sdl);
  const mutations = objectNamed(document, 'Mutation')?.fields ?? [];
  return mutations.flatMap((mutation) => {
    const name = mutation.name.value;
    const input = inputOf(document, mutation);
    const key = input?.fields?.find((field) => field.name.value === 'idempotencyKey');
    const isRight = key?.type.kind === Kind.NAMED_TYPE && key.type.name.value === 'ID';
    if (key && !isRight) return [`${subgraph}: the idempotencyKey of ${name} is no ID that may be left out`];
    if (key && name in known) return [`${subgraph}: ${name} takes an idempotencyKey and is an exception`];
    const created = createdBy(document, mutation, input);
    if (!created || key || name in known) return [];
    return [`${subgraph}: ${name} creates a ${created} and takes no idempotencyKey`];
  });
}

/** The names of those that take a key. */
export function mutationsWithKey(sdl: string): string[] {
  const document = parse(sdl);
  return (objectNamed(document, 'Mutation')?.fields ?? [])
    .filter((mutation) =>
      inputOf(document, mutation)?.fields?.some(({ name }) => name.value === 'idempotencyKey'),
    )
    .map(({ name }) => name.value);
}

function createdBy(
  document: DocumentNode,
  mutation: FieldDefinitionNode,
  input: InputObjectTypeDefinitionNode | undefined,
): string | undefined {
  const given = (objectNamed(document, nameOf(mutation.type))?.fields ?? []).map(({ type }) => nameOf(type));
  const named = new Set(
    (input?.fields ?? []).filter(({ type }) => type.kind === Kind.NON_NULL_TYPE).map(idTypeOf),
  );
  return given.find((type) => isNodeType(type) && !ownTypes.has(type) && !named.has(type));
}

const inputOf = (document: DocumentNode, { arguments: given = [] }: FieldDefinitionNode) =>
  document.definitions.find(
    (node): node is InputObjectTypeDefinitionNode =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION &&
      given.some(({ type }) => nameOf(type) === node.name.value),
  );

const objectNamed = (document: DocumentNode, name: string) =>
  document.definitions.find(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === name,
  );

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

function idTypeOf({ directives }: Pick<FieldDefinitionNode, 'directives'>): string | undefined {
  const of = directives?.find(({ name }) => name.value === 'id')?.arguments?.[0]?.value;
  return of?.kind === Kind.STRING ? of.value : undefined;
}

if (import.meta.main) {
  const subgraphs = join(import.meta.dirname, '../../subgraphs');
  const faults = readdirSync(subgraphs).flatMap((name) =>
    idempotencyFaults(name, readFileSync(join(subgraphs, name, 'schema.graphql'), 'utf8')),
  );
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
