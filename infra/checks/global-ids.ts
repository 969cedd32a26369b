import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  type TypeNode,
} from 'graphql';
import { nodeTypes } from '../../platform/src/global-ids/node-types.ts';

/** What takes or gives an id of no certain type, or a text that is none. */
const exceptions = new Set(['Query.node(id:)', 'Query.nodes(ids:)', 'Node.id']);

const accessDirectives = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * One sentence for each ID of a subgraph's schema that does not say of which type of Node it is, and for each Node with a directive
 * on access: `node(id:)` would be closed to whoever it closes, for the ids of all types.
 */
export function globalIdFaults(subgraph: string, sdl: string): string[] {
  const faults: string[] = [];
  const nodes = new Set<string>(Object.keys(nodeTypes));
  const look = (
    coordinate: string,
    element: FieldDefinitionNode | InputValueDefinitionNode,
    isKnown = false,
  ) => {
    if (nameOf(element.type) !== 'ID' || isKnown || exceptions.has(coordinate)) return;
    if (element.name.value === 'idempotencyKey') return;
    const of = typeOf(element.directives);
    if (of === null) faults.push(`${subgraph}: ${coordinate} is an ID without @id(of: …)`);
    else if (!nodes.has(of)) faults.push(`${subgraph}: ${coordinate} is an id of ${of}, which is no Node`);
  };
  for (const type of parse(sdl).definitions) {
    if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const field of type.fields ?? []) look(`${type.name.value}.${field.name.value}`, field);
    }
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const isNode = type.interfaces?.some(({ name }) => name.value === 'Node') ?? false;
    if (isNode !== nodes.has(type.name.value)) {
      faults.push(
        `${subgraph}: ${type.name.value} is a Node in one of schema.graphql and node-types.ts alone`,
      );
    }
    if (isNode || type.name.value === 'Node') {
      const closing = [type, ...(type.fields ?? []).filter(({ name }) => name.value === 'id')];
      for (const directive of closing.flatMap(({ directives = [] }) => directives)) {
        if (accessDirectives.has(directive.name.value))
          faults.push(
            `${subgraph}: @${directive.name.value} on ${type.name.value} closes node(id:) for every type`,
          );
      }
    }
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      look(coordinate, field, isNode && field.name.value === 'id');
      for (const one of field.arguments ?? []) look(`${coordinate}(${one.name.value}:)`, one);
    }
  }
  return faults;
}

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

function typeOf(directives: readonly DirectiveNode[] | undefined): string | null {
  const of = directives?.find(({ name }) => name.value === 'id')?.arguments?.[0]?.value;
  return of?.kind === Kind.STRING ? of.value : null;
}

if (import.meta.main) {
  const subgraphs = join(import.meta.dirname, '../../subgraphs');
  const faults = readdirSync(subgraphs).flatMap((name) =>
    globalIdFaults(name, readFileSync(join(subgraphs, name, 'schema.graphql'), 'utf8')),
  );
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
