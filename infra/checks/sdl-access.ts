import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql';

/** What a caller needs before they may select something: nothing, a sign-in, or a sign-in with one of these lists of scopes. */
export interface Need {
  signIn: boolean;
  scopes: readonly (readonly string[])[];
}

export interface Field {
  /** `Type.field` */
  coordinate: string;
  node: FieldDefinitionNode;
  /** What its own directives, and those of its parent and of its type, ask for. */
  needs: readonly Need[];
  /** The type behind its lists and nulls, if it has fields. */
  of: string | undefined;
}

/** The output types of a supergraph that have fields, and the types that a union or interface may turn out to be. */
export interface Graph {
  roots: readonly string[];
  types: ReadonlyMap<string, { fields: readonly Field[]; members: readonly string[] }>;
}

/**
 * Reads who may select what out of a composed supergraph, with graphql-js's parser and nothing of the gateway, so that
 * the two can be held against each other. Throws on `@policy`, which nobody grants yet.
 */
export function readGraph(supergraph: string): Graph {
  const document = parse(supergraph, { noLocation: true });
  const typeNeeds = new Map<string, Need[]>();
  for (const node of document.definitions) {
    if ('name' in node && node.name && 'directives' in node && node.kind !== 'DirectiveDefinition') {
      typeNeeds.set(node.name.value, needsOf(node.directives as readonly ConstDirectiveNode[] | undefined));
    }
  }
  const types = new Map<string, { fields: Field[]; members: string[] }>();
  const composite = new Set(compositeTypes(document));
  for (const node of document.definitions) {
    if (node.kind === 'UnionTypeDefinition') {
      types.set(node.name.value, { fields: [], members: (node.types ?? []).map(({ name }) => name.value) });
    }
    if (node.kind !== 'ObjectTypeDefinition' && node.kind !== 'InterfaceTypeDefinition') continue;
    const parent = node.name.value;
    const fields = (node.fields ?? []).map((field) => {
      const of = namedType(field.type);
      return {
        coordinate: `${parent}.${field.name.value}`,
        node: field,
        needs: [...(typeNeeds.get(parent) ?? []), ...needsOf(field.directives), ...(typeNeeds.get(of) ?? [])],
        of: composite.has(of) ? of : undefined,
      };
    });
    types.set(parent, { fields, members: types.get(parent)?.members ?? [] });
  }
  for (const node of document.definitions) {
    if (node.kind !== 'ObjectTypeDefinition') continue;
    for (const { name } of node.interfaces ?? []) types.get(name.value)?.members.push(node.name.value);
  }
  const roots = ['Query', 'Mutation', 'Subscription'].filter((name) => types.has(name));
  return { roots, types };
}

function compositeTypes(document: DocumentNode): string[] {
  return document.definitions.flatMap((node) =>
    node.kind === 'ObjectTypeDefinition' ||
    node.kind === 'InterfaceTypeDefinition' ||
    node.kind === 'UnionTypeDefinition'
      ? node.name.value
      : [],
  );
}

export const namedType = (type: TypeNode): string =>
  type.kind === 'NamedType' ? type.name.value : namedType(type.type);

function needsOf(directives: readonly ConstDirectiveNode[] = []): Need[] {
  return directives.flatMap(({ name, arguments: given }) => {
    if (name.value === 'policy') throw new Error('@policy: no role is granted a policy');
    if (name.value === 'authenticated') return { signIn: true, scopes: [] };
    if (name.value !== 'requiresScopes') return [];
    const scopes = given?.find((argument) => argument.name.value === 'scopes')?.value;
    return { signIn: true, scopes: listsIn(scopes) };
  });
}

function listsIn(value: ConstValueNode | undefined): string[][] {
  if (value?.kind !== 'ListValue') return [];
  return value.values.map((inner) =>
    inner.kind === 'ListValue'
      ? inner.values.flatMap((scope) => (scope.kind === 'StringValue' ? scope.value : []))
      : [],
  );
}
