import {
  type ASTNode,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type ListValueNode,
  parse,
  print,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  type ValueNode,
  visit,
} from 'graphql';

/** What has to hold before a field may be read or a type met. `scopes` and `policies`: one of the lists, all of it. */
export interface Requirement {
  authenticated: boolean;
  scopes: readonly (readonly string[])[];
  policies: readonly (readonly string[])[];
}

/** Requirements by schema coordinate: `Type` or `Type.field`. What is not in it is open. */
export type RequirementIndex = ReadonlyMap<string, Requirement>;

/** A supergraph as ApolloGateway takes it, and beside it what ApolloGateway does not know how to enforce. */
export interface ReadSupergraph {
  sdl: string;
  requirements: RequirementIndex;
}

const securityFeatures = ['authenticated', 'requiresScopes', 'policy'] as const;
type SecurityFeature = (typeof securityFeatures)[number];

/**
 * Takes the text of a supergraph. Gives the index of `@authenticated`, `@requiresScopes` and `@policy`, under
 * whatever name the supergraph imports them, and the same supergraph without them: ApolloGateway refuses to start
 * on a feature that is linked "for: SECURITY". Any other such feature is left in, so that it still refuses those.
 * A type's keys that can't be resolved come after those that can: the planner takes the first that a subgraph knows
 * for the way back to it. Throws GraphQLError when the text is not GraphQL.
 */
export function readSupergraph(text: string): ReadSupergraph {
  const document = parse(text, { noLocation: true });
  const names = directiveNames(document);
  const requirements = new Map<string, Requirement>();
  const index = (coordinate: string, node: { directives?: readonly ConstDirectiveNode[] | undefined }) => {
    const requirement = requirementOf(node.directives ?? [], names.directives);
    if (requirement) requirements.set(coordinate, requirement);
  };

  for (const node of document.definitions) {
    switch (node.kind) {
      case 'ObjectTypeDefinition':
      case 'InterfaceTypeDefinition':
        index(node.name.value, node);
        for (const field of node.fields ?? []) index(`${node.name.value}.${field.name.value}`, field);
        break;
      case 'ScalarTypeDefinition':
      case 'EnumTypeDefinition':
        index(node.name.value, node);
        break;
    }
  }

  const isOurs = (name: string) => names.scalarPrefixes.some((prefix) => name.startsWith(prefix));
  const isSecurity = (node: ASTNode): boolean => {
    if (node.kind === 'Directive') {
      return names.directives.has(node.name.value) || (node.name.value === 'link' && !!linkedFeature(node));
    }
    if (node.kind === 'DirectiveDefinition') return names.directives.has(node.name.value);
    return node.kind === 'ScalarTypeDefinition' && isOurs(node.name.value);
  };
  const stripped = visit(document, {
    enter: (node) => (isSecurity(node) ? null : withResolvableKeysFirst(node)),
  });
  return { sdl: print(stripped), requirements };
}

/** Undefined where nothing has to change. */
function withResolvableKeysFirst(node: ASTNode): ASTNode | undefined {
  if (node.kind !== 'ObjectTypeDefinition' && node.kind !== 'InterfaceTypeDefinition') return undefined;
  const isLast = (directive: ConstDirectiveNode) =>
    directive.name.value === 'join__type' && booleanOf(argument(directive, 'resolvable')) === false;
  const last = node.directives?.filter(isLast) ?? [];
  if (last.length === 0) return undefined;
  return { ...node, directives: [...(node.directives ?? []).filter((one) => !isLast(one)), ...last] };
}

/** Which directive stands for which feature in this supergraph, and how the features' own scalars begin. */
function directiveNames(document: DocumentNode) {
  const directives = new Map<string, SecurityFeature>();
  const scalarPrefixes: string[] = [];
  for (const node of document.definitions) {
    if (!isSchemaNode(node)) continue;
    for (const link of node.directives ?? []) {
      const feature = link.name.value === 'link' ? linkedFeature(link) : undefined;
      if (!feature) continue;
      const namespace = stringArgument(link, 'as') ?? feature;
      scalarPrefixes.push(`${namespace}__`);
      directives.set(importedAs(link, `@${feature}`)?.slice(1) ?? namespace, feature);
    }
  }
  return { directives, scalarPrefixes };
}

const isSchemaNode = (node: ASTNode): node is SchemaDefinitionNode | SchemaExtensionNode =>
  node.kind === 'SchemaDefinition' || node.kind === 'SchemaExtension';

function linkedFeature(link: DirectiveNode): SecurityFeature | undefined {
  const url = stringArgument(link, 'url');
  return securityFeatures.find((feature) => url?.startsWith(`https://specs.apollo.dev/${feature}/`));
}

function importedAs(link: ConstDirectiveNode, name: string): string | undefined {
  const imports = argument(link, 'import');
  if (imports?.kind !== 'ListValue') return undefined;
  for (const item of imports.values) {
    if (item.kind === 'StringValue' && item.value === name) return name;
    if (item.kind !== 'ObjectValue') continue;
    const field = (key: string) => stringOf(item.fields.find((f) => f.name.value === key)?.value);
    if (field('name') === name) return field('as') ?? name;
  }
  return undefined;
}

function requirementOf(
  applied: readonly ConstDirectiveNode[],
  features: ReadonlyMap<string, SecurityFeature>,
): Requirement | null {
  let found: Requirement | null = null;
  for (const directive of applied) {
    const feature = features.get(directive.name.value);
    if (!feature) continue;
    found ??= { authenticated: false, scopes: [], policies: [] };
    if (feature === 'authenticated') found.authenticated = true;
    if (feature === 'requiresScopes') found.scopes = listsOf(argument(directive, 'scopes'));
    if (feature === 'policy') found.policies = listsOf(argument(directive, 'policies'));
  }
  return found;
}

const argument = (directive: DirectiveNode, name: string): ValueNode | undefined =>
  directive.arguments?.find((a) => a.name.value === name)?.value;
const stringArgument = (directive: DirectiveNode, name: string) => stringOf(argument(directive, name));
const stringOf = (value: ValueNode | undefined) => (value?.kind === 'StringValue' ? value.value : undefined);
const booleanOf = (value: ValueNode | undefined) =>
  value?.kind === 'BooleanValue' ? value.value : undefined;
const strings = (list: ListValueNode) => list.values.map((value) => stringOf(value) ?? '');

/** `[["a", "b"], ["c"]]`; GraphQL lets a list of one be written without its brackets. */
function listsOf(value: ValueNode | undefined): string[][] {
  if (value?.kind === 'StringValue') return [[value.value]];
  if (value?.kind !== 'ListValue') return [];
  return value.values.map((item) => (item.kind === 'ListValue' ? strings(item) : [stringOf(item) ?? '']));
}
