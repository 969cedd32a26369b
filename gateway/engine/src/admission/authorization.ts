import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { conditionOf, isIncluded } from '../documents/conditions.ts';
import { fragmentsOf } from '../documents/fragments.ts';
import type { Requirement, RequirementIndex } from '../supergraph/supergraph.ts';
import { derivedRequirements } from './derived-requirements.ts';

/** What the caller may do. */
export interface Grant {
  authenticated: boolean;
  scopes: ReadonlySet<string>;
  policies: ReadonlySet<string>;
}

export const operationToCheck = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationToCheck => ({
  operation,
  variables,
  // Looked at when an operation is new.
  get fragments() {
    return fragmentsOf(document);
  },
});

/** Why an operation is refused whole, and at which field or type of the schema. */
export interface Refusal {
  code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  coordinate: string;
}

/** An operation that the schema has validated, with its variables. */
export interface OperationToCheck {
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Readonly<Record<string, unknown>>;
}

export type Authorize = (request: OperationToCheck, grant: Grant) => Refusal | null;

/** All that a caller may not have of an operation: fields and types of the schema. */
export interface Refused {
  code: Refusal['code'];
  coordinates: ReadonlySet<string>;
  /** The same for the same refusals. */
  key: string;
}

export type FindRefused = (request: OperationToCheck, grant: Grant) => Refused | null;

/** The two ways to hold an operation to what its caller may do: it is refused whole, or answered without some fields. */
export interface Authorization {
  /** Null, or the first refusal. */
  authorize: Authorize;
  findRefused: FindRefused;
}

interface Need {
  /** As the refusal of the whole operation names it. */
  shownAs: string;
  coordinate: string;
  requirement: Requirement;
}

interface CompiledOperation {
  /** The variables on which `@skip` and `@include` depend. */
  conditions: readonly string[];
  needs: Map<string, readonly Need[]>;
}

const maxVariants = 64;

/**
 * Takes the API schema and the index of requirements. What an operation needs is worked out once per operation and
 * combination of its conditions. Selections that `@skip` or `@include` leave out need nothing.
 */
export function createAuthorization(schema: GraphQLSchema, index: RequirementIndex): Authorization {
  if (index.size === 0) return { authorize: () => null, findRefused: () => null };
  const compiled = new WeakMap<OperationDefinitionNode, CompiledOperation>();
  const derived = derivedRequirements(schema, index);

  const needsOf = (request: OperationToCheck): readonly Need[] => {
    let known = compiled.get(request.operation);
    if (!known) {
      known = { conditions: conditionVariables(request), needs: new Map() };
      compiled.set(request.operation, known);
    }
    const values = withDefaults(request, known.conditions);
    const key = known.conditions.map((name) => (values[name] ? '1' : '0')).join('');
    let needs = known.needs.get(key);
    if (!needs) {
      needs = collectNeeds(schema, index, request, values);
      if (known.needs.size >= maxVariants) known.needs.clear();
      known.needs.set(key, needs);
    }
    return needs;
  };

  return {
    authorize(request, grant) {
      for (const { shownAs, requirement } of needsOf(request)) {
        if (!isMet(requirement, grant)) return { code: codeFor(grant), coordinate: shownAs };
      }
      return null;
    },
    findRefused(request, grant) {
      let found: Set<string> | null = null;
      for (const { coordinate, requirement } of needsOf(request)) {
        // Which types are met behind an interface is seen when they are.
        if (derived.has(coordinate) || isMet(requirement, grant)) continue;
        found ??= new Set();
        found.add(coordinate);
      }
      if (!found) return null;
      const code = codeFor(grant);
      return { code, coordinates: found, key: `${code} ${[...found].sort().join(' ')}` };
    },
  };
}

const codeFor = (grant: Grant): Refusal['code'] => (grant.authenticated ? 'FORBIDDEN' : 'UNAUTHENTICATED');

/** Scopes are somebody's: whoever asks for one has to be signed in. */
function isMet(requirement: Requirement, grant: Grant): boolean {
  const { authenticated, scopes, policies } = requirement;
  if ((authenticated || scopes.length > 0) && !grant.authenticated) return false;
  return anyOf(scopes, grant.scopes) && anyOf(policies, grant.policies);
}

const anyOf = (alternatives: readonly (readonly string[])[], granted: ReadonlySet<string>) =>
  alternatives.length === 0 || alternatives.some((all) => all.every((name) => granted.has(name)));

/** Every requirement on the way of the selections that will run. Each fragment is entered once: linear in the document. */
function collectNeeds(
  schema: GraphQLSchema,
  index: RequirementIndex,
  { operation, fragments }: OperationToCheck,
  variables: Readonly<Record<string, unknown>>,
): Need[] {
  const needs = new Map<string, Need>();
  const entered = new Set<string>();

  const need = (coordinate: string, shownAs = coordinate) => {
    const requirement = index.get(coordinate);
    if (requirement) needs.set(coordinate, { coordinate, shownAs, requirement });
  };

  const enterType = (name: string | undefined): GraphQLCompositeType | undefined => {
    const type = name === undefined ? undefined : schema.getType(name);
    if (!isCompositeType(type)) return undefined;
    need(type.name);
    return type;
  };

  const selectField = (parent: GraphQLCompositeType, name: string, inner: SelectionSetNode | undefined) => {
    // __typename, __schema and __type tell of the schema, not of the data.
    if (name.startsWith('__')) return;
    const coordinate = `${parent.name}.${name}`;
    need(coordinate);
    if (isInterfaceType(parent)) {
      // Behind an interface any of its types may be met, so a field of it asks for what each of them asks for.
      for (const type of schema.getPossibleTypes(parent)) {
        need(type.name, coordinate);
        need(`${type.name}.${name}`, coordinate);
      }
    }
    if (!isObjectType(parent) && !isInterfaceType(parent)) return;
    const field = parent.getFields()[name];
    if (!field) return;
    const type = getNamedType(field.type);
    need(type.name, coordinate);
    if (inner && isCompositeType(type)) select(inner, type);
  };

  const selectOne = (selection: SelectionNode, parent: GraphQLCompositeType) => {
    switch (selection.kind) {
      case 'Field':
        return selectField(parent, selection.name.value, selection.selectionSet);
      case 'InlineFragment': {
        const condition = selection.typeCondition?.name.value;
        const type = condition ? enterType(condition) : parent;
        return type && select(selection.selectionSet, type);
      }
      case 'FragmentSpread': {
        const fragment = fragments[selection.name.value];
        if (!fragment || entered.has(selection.name.value)) return;
        entered.add(selection.name.value);
        const type = enterType(fragment.typeCondition.name.value);
        return type && select(fragment.selectionSet, type);
      }
    }
  };

  const select = (set: SelectionSetNode, parent: GraphQLCompositeType): void => {
    for (const selection of set.selections) {
      if (isIncluded(selection.directives, variables)) selectOne(selection, parent);
    }
  };

  const root = enterType(schema.getRootType(operation.operation)?.name);
  if (root) select(operation.selectionSet, root);
  return [...needs.values()];
}

function conditionVariables({ operation, fragments }: OperationToCheck): string[] {
  const names = new Set<string>();
  for (const node of [operation, ...Object.values(fragments)]) {
    visit(node, {
      enter(inner) {
        if (inner.kind !== 'Directive') return;
        const value = conditionOf(inner)?.value;
        if (value?.kind === 'Variable') names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}

function withDefaults({ operation, variables }: OperationToCheck, names: readonly string[]) {
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const preset = operation.variableDefinitions?.find((d) => d.variable.name.value === name)?.defaultValue;
    const given = variables[name];
    values[name] = given === undefined && preset?.kind === 'BooleanValue' ? preset.value : given;
  }
  return values;
}
