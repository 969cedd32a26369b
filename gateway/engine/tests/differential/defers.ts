import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Refused } from '../../src/admission/authorization.ts';
import { deferralOf, splitOperation } from '../../src/documents/deferral.ts';
import { executeIncrementally, type ResultPart } from '../../src/execution/execute-incrementally.ts';
import { compilePlanned } from '../../src/execution/operation-executor.ts';
import { stringifyResult } from '../../src/execution/printed.ts';
import { planOperation } from '../../src/planning/plan-operation.ts';
import type { Choices } from './choices.ts';
import { type AnswerFetch, dataSources, type ForBoth } from './gateways.ts';

interface Told {
  data?: unknown;
  errors?: { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** A part of an answer as its reader has it. */
export interface ReadPart extends Told {
  incremental?: (Told & { path: readonly (string | number)[]; label?: string })[];
  hasNext: boolean;
}

/** With more, some operations over interfaces take the planner minutes. */
const maxDefers = 5;

/** The same document with `@defer` here and there: on fragments, and around selections. */
export function withDefers(text: string, choices: Choices): DocumentNode {
  const document = parse(text);
  let count = 0;
  const defer = (): DirectiveNode => {
    count += 1;
    const label = choices.oneIn(2) ? `(label: "part ${count}")` : '';
    const [operation] = parse(`{ ... @defer${label} { a } }`).definitions;
    return (operation as OperationDefinitionNode).selectionSet.selections[0]
      ?.directives?.[0] as DirectiveNode;
  };
  const isOfSchema = (node: SelectionNode) => node.kind === Kind.FIELD && node.name.value === '__schema';
  const deferIn = (set: SelectionSetNode, isAllowed: boolean): SelectionSetNode => {
    if (!isAllowed) return set;
    const deferred = set.selections.map((node): SelectionNode => {
      if (node.kind === Kind.FIELD || count >= maxDefers || !choices.oneIn(3)) return node;
      return { ...node, directives: [...(node.directives ?? []), defer()] };
    });
    if (count >= maxDefers || !choices.oneIn(3)) return { ...set, selections: deferred };
    const from = choices.pick(deferred.length);
    const inner = deferred.slice(from, from + 1 + choices.pick(3));
    const around: InlineFragmentNode = {
      kind: Kind.INLINE_FRAGMENT,
      directives: [defer()],
      selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
    };
    const others = deferred.filter((node) => !inner.includes(node));
    return { ...set, selections: choices.oneIn(2) ? [around, ...others] : [...others, around] };
  };

  const isMutation = document.definitions.some(
    (node) => 'operation' in node && node.operation === 'mutation',
  );
  /** Fragments at the root of a mutation: what is in them is at the root. */
  const atRoot = new Set<unknown>();
  return visit(document, {
    Field: (node) => (isOfSchema(node) ? false : undefined),
    SelectionSet(node, _key, parent) {
      const around = parent as OperationDefinitionNode | FragmentDefinitionNode | InlineFragmentNode;
      const isRoot =
        isMutation &&
        (around.kind === Kind.OPERATION_DEFINITION ||
          (around.kind === Kind.FRAGMENT_DEFINITION && around.typeCondition.name.value === 'Mutation') ||
          (around.kind === Kind.INLINE_FRAGMENT && atRoot.has(around)));
      if (isRoot) for (const one of node.selections) atRoot.add(one);
      return deferIn(node, !isRoot);
    },
  });
}

/** As ours answers in parts; null where nothing is deferred. */
export async function runIncrementally(
  loaded: ForBoth,
  document: DocumentNode,
  variables: Record<string, unknown>,
  answers: Readonly<Record<string, AnswerFetch>>,
  refused: Refused | null = null,
): Promise<ReadPart[] | null> {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const deferral = operation ? deferralOf(document, operation, variables) : null;
  if (!operation || !deferral) return null;
  const split = splitOperation(document, operation, deferral);
  const plan = planOperation(loaded, split.document, split.operation, refused);
  const compiled = compilePlanned(loaded, split, { plan, chars: 0 }, refused);
  const { services } = dataSources(answers);
  const parts: ReadPart[] = [];
  await executeIncrementally(
    compiled,
    { subgraph: (name) => services[name], variables, context: {} },
    (part) => parts.push(readPart(part)),
    () => false,
  );
  return parts;
}

function readPart(part: ResultPart): ReadPart {
  const { hasNext } = part;
  if ('result' in part) return { ...JSON.parse(stringifyResult(part.result)), hasNext };
  return { incremental: part.incremental.map((one) => JSON.parse(stringifyResult(one))), hasNext };
}

/** What a client has when all parts have come. Throws where a part is of what is not there. */
export function merged(parts: readonly ReadPart[]): unknown {
  const [first, ...others] = structuredClone(parts) as [ReadPart, ...ReadPart[]];
  const answer = { data: first.data };
  for (const { incremental = [] } of others) {
    for (const { data, path } of incremental) {
      let place: unknown = answer.data;
      for (const step of path) place = (place as Record<string | number, unknown>)[step];
      if (typeof place !== 'object' || place === null) throw new Error(`nothing is at ${path.join('.')}`);
      mergeInto(place as Record<string, unknown>, data);
    }
  }
  return answer.data;
}

function mergeInto(target: Record<string, unknown>, source: unknown): void {
  for (const [key, value] of Object.entries(source ?? {})) {
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (typeof present === 'object' && present !== null && typeof value === 'object' && value !== null) {
      mergeInto(present as Record<string, unknown>, value);
    } else target[key] = value;
  }
}
