import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { argumentOf, deferOf } from './defer-directive.ts';
import { fragmentsOf } from './fragments.ts';

/** A fragment that comes in a part of its own. */
export interface DeferredFragment {
  /** As the client names it. */
  readonly label: string | undefined;
  /** The deferred fragment around it; null where there is none. */
  readonly parent: number | null;
}

/** An operation whose `@defer` are those that hold; the label of each is its place in `deferred`. */
export interface SplitOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly deferred: readonly DeferredFragment[];
}

/** What conditions of `@defer` come to, for one set of variables. */
export interface Deferral {
  /** The same for the same. */
  readonly key: string;
  readonly holds: (directive: DirectiveNode) => boolean;
}

interface Defers {
  directives: readonly DirectiveNode[];
  /** The variables that their conditions name. */
  names: readonly string[];
}

const known = new WeakMap<DocumentNode, Defers>();

function defersOf(document: DocumentNode): Defers {
  let found = known.get(document);
  if (!found) {
    const directives: DirectiveNode[] = [];
    const names = new Set<string>();
    visit(document, {
      Directive(node) {
        if (node.name.value !== 'defer') return;
        directives.push(node);
        const condition = argumentOf(node, 'if');
        if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
      },
    });
    found = { directives, names: [...names].sort() };
    known.set(document, found);
  }
  return found;
}

export const hasDefers = (document: DocumentNode): boolean => defersOf(document).directives.length > 0;

/** Null where no `@defer` of the document holds. */
export function deferralOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Deferral | null {
  const { directives, names } = defersOf(document);
  if (directives.length === 0 || operation.operation === 'subscription') return null;
  const values = new Set(names.filter((name) => isTrue(name, operation, variables)));
  const holds = (directive: DirectiveNode) => {
    const condition = argumentOf(directive, 'if');
    if (condition?.kind === Kind.VARIABLE) return values.has(condition.name.value);
    return condition?.kind !== Kind.BOOLEAN || condition.value;
  };
  if (!directives.some(holds)) return null;
  return { key: `defer ${names.map((name) => (values.has(name) ? '1' : '0')).join('')}`, holds };
}

/** A variable without a value leaves the argument to its default, which is true. */
function isTrue(
  name: string,
  { variableDefinitions }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (given !== undefined) return given === true;
  const preset = variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
  return preset?.kind === Kind.BOOLEAN ? preset.value : true;
}

/**
 * The operation with those `@defer` alone that hold; without a deferral with none. Fragments in which there are any
 * stand where they are spread: each of those places is a part of its own.
 */
export function splitOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  deferral: Deferral | null,
): SplitOperation {
  if (!hasDefers(document)) return { document, operation, deferred: [] };
  const fragments = fragmentsOf(document);
  const withDefers = namesWithDefers(fragments);
  const deferred: DeferredFragment[] = [];

  const split = (set: SelectionSetNode, parent: number | null, isOfSchema: boolean): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((node) => splitOne(node, parent, isOfSchema)),
  });

  const splitOne = (node: SelectionNode, parent: number | null, isOfSchema: boolean): SelectionNode => {
    if (node.kind === Kind.FIELD) {
      if (!node.selectionSet) return node;
      const isIntrospection = node.name.value === '__schema' || node.name.value === '__type';
      return { ...node, selectionSet: split(node.selectionSet, parent, isOfSchema || isIntrospection) };
    }
    const defer = deferOf(node.directives);
    const others = node.directives?.filter((one) => one !== defer) ?? [];
    const holds = defer !== undefined && !isOfSchema && deferral?.holds(defer) === true;
    let inner: FragmentDefinitionNode | typeof node = node;
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments[node.name.value];
      const stays = !holds && !withDefers.has(node.name.value);
      if (!fragment || stays) return { ...node, directives: others };
      inner = fragment;
    }
    if (!('selectionSet' in inner)) return node;
    const own = holds ? deferred.push({ label: labelOf(defer), parent }) - 1 : parent;
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(inner.typeCondition && { typeCondition: inner.typeCondition }),
      directives: holds ? [...others, labelled(own)] : others,
      selectionSet: split(inner.selectionSet, own, isOfSchema),
    };
  };

  const whole = { ...operation, selectionSet: split(operation.selectionSet, null, false) };
  const left = document.definitions.filter(
    (node) => node.kind === Kind.FRAGMENT_DEFINITION && !withDefers.has(node.name.value),
  );
  return { document: { kind: Kind.DOCUMENT, definitions: [whole, ...left] }, operation: whole, deferred };
}

/** The place in `deferred` of a fragment of a split operation; null of one that is not deferred. */
export function deferredIndex(directives: readonly DirectiveNode[] | undefined): number | null {
  const defer = deferOf(directives);
  return defer ? Number(labelOf(defer)) : null;
}

function labelOf(defer: DirectiveNode): string | undefined {
  const label = argumentOf(defer, 'label');
  return label?.kind === Kind.STRING ? label.value : undefined;
}

const labelled = (index: number | null): DirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'defer' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'label' },
      value: { kind: Kind.STRING, value: String(index) },
    },
  ],
});

/** The fragments that have a `@defer` in them, or in those that they spread. */
function namesWithDefers(fragments: Readonly<Record<string, FragmentDefinitionNode>>): ReadonlySet<string> {
  const spreadIn = new Map<string, Set<string>>();
  const found = new Set<string>();
  for (const [name, fragment] of Object.entries(fragments)) {
    visit(fragment, {
      Directive(node) {
        if (node.name.value === 'defer') found.add(name);
      },
      FragmentSpread(node) {
        const around = spreadIn.get(node.name.value);
        if (around) around.add(name);
        else spreadIn.set(node.name.value, new Set([name]));
      },
    });
  }
  // A set that grows is walked to its end.
  for (const name of found) for (const around of spreadIn.get(name) ?? []) found.add(around);
  return found;
}
