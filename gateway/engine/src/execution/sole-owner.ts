import { type ConstDirectiveNode, type GraphQLSchema, isEnumType, isObjectType, Kind, parse } from 'graphql';

const known = new WeakMap<GraphQLSchema, Map<string, string | null>>();

/**
 * The subgraph whose word it is whether there is an entity of the type: it alone takes references to it, and the others
 * know no more of the type than its key. Null where there is none.
 */
export function soleOwnerOf(supergraph: GraphQLSchema, typeName: string): string | null {
  let owners = known.get(supergraph);
  if (!owners) {
    owners = new Map();
    known.set(supergraph, owners);
  }
  let owner = owners.get(typeName);
  if (owner === undefined) {
    owner = findSoleOwner(supergraph, typeName);
    owners.set(typeName, owner);
  }
  return owner;
}

function findSoleOwner(supergraph: GraphQLSchema, typeName: string): string | null {
  const type = supergraph.getType(typeName);
  if (!isObjectType(type)) return null;
  const joined = named(type.astNode?.directives, 'join__type');
  const [owner, ...others] = new Set(joined.filter(isResolvable).map((one) => argument(one, 'graph')));
  if (!owner || others.length > 0) return null;
  const isElsewhere = joined.some((one) => argument(one, 'graph') !== owner);
  const keys = keyFields(joined);
  for (const { name, astNode } of Object.values(type.getFields())) {
    if (!isElsewhere || keys.has(name)) continue;
    const at = named(astNode?.directives, 'join__field').map((one) => argument(one, 'graph'));
    // A field that says nothing of where it is stands in all of them.
    if (at.length === 0 || at.some((graph) => graph !== owner)) return null;
  }
  return nameOfGraph(supergraph, owner);
}

/** The names in all keys together. */
function keyFields(joined: readonly ConstDirectiveNode[]): Set<string> {
  const names = new Set<string>();
  for (const one of joined) {
    const [definition] = parse(`{${argument(one, 'key') ?? '__typename'}}`, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
    }
  }
  return names;
}

const isResolvable = (joined: ConstDirectiveNode) =>
  argument(joined, 'key') !== undefined && argument(joined, 'resolvable') !== 'false';

function nameOfGraph(supergraph: GraphQLSchema, value: string): string | null {
  const graphs = supergraph.getType('join__Graph');
  const graph = isEnumType(graphs) ? graphs.getValue(value) : undefined;
  const [joined] = named(graph?.astNode?.directives, 'join__graph');
  return (joined && argument(joined, 'name')) ?? null;
}

const named = (directives: readonly ConstDirectiveNode[] = [], name: string): ConstDirectiveNode[] =>
  directives.filter((directive) => directive.name.value === name);

/** As text: they are texts, names of an enum and booleans. */
function argument({ arguments: given = [] }: ConstDirectiveNode, name: string): string | undefined {
  const value = given.find((one) => one.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}
