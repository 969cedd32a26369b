import { type DocumentNode, type FieldNode, Kind, parse, visit } from 'graphql';
import { fieldRequiredAs, requiredPrefix } from './required-arguments.ts';

/**
 * Keys under which plans fetch fields for purposes of their own: parts of entities' keys and what `@requires` names.
 * The planner takes whatever a client has put under such a key for the field itself, and would answer the client with
 * the wrong field or tell a subgraph the wrong value.
 */
export type ReservedKeys = ReadonlySet<string>;

/** Schemas have no such names, and clients who use it as an alias are given it twice. */
const prefix = '__asked_';

/** Reads what a composed supergraph says about keys and requirements. */
export function readReservedKeys(supergraph: DocumentNode): ReservedKeys {
  const names = new Set(['__typename']);
  const note = (fields: string) => {
    visit(parse(`{${fields}}`, { noLocation: true }), {
      Field({ name }) {
        names.add(name.value);
      },
    });
  };
  visit(supergraph, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'join__type' && name.value !== 'join__field') return;
      for (const { name: argument, value } of given) {
        if (argument.value !== 'key' && argument.value !== 'requires') continue;
        if (value.kind === Kind.STRING) note(value.value);
      }
    },
  });
  return names;
}

/** The key under which a field that a client asks for is in the data that a plan brings. */
export function plannedKey(reserved: ReservedKeys, { alias, name }: FieldNode): string {
  const key = (alias ?? name).value;
  const isTaken =
    (key !== name.value && reserved.has(key)) || key.startsWith(prefix) || key.startsWith(requiredPrefix);
  return isTaken ? prefix + key : key;
}

/** The client's own key for one that a plan uses; of what a plan fetches for itself the field's name. */
export const clientKey = (key: string): string =>
  key.startsWith(prefix) ? key.slice(prefix.length) : fieldRequiredAs(key);

/** The same document with its fields under the keys that plans have them under. */
export function withPlannedKeys(document: DocumentNode, reserved: ReservedKeys): DocumentNode {
  return visit(document, {
    Field(node) {
      const key = plannedKey(reserved, node);
      if (key === (node.alias ?? node.name).value) return undefined;
      return { ...node, alias: { kind: Kind.NAME, value: key } };
    },
  });
}
