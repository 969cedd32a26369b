import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type OperationDefinitionNode,
  type ValueNode,
  visit,
} from 'graphql';

/** What each variable that `@skip` or `@include` names has been given. */
export type ConditionValues = Readonly<Record<string, boolean>>;

/** Reads what an operation's conditions come to. Throws GraphQLError with code BAD_USER_INPUT for one without a value. */
export type ReadConditions = (variables: Readonly<Record<string, unknown>>) => ConditionValues;

export interface Conditions {
  read: ReadConditions;
  /** How many combinations there may be. */
  combinations: number;
  /** Stands for one combination of values. */
  keyOf(values: ConditionValues): string;
}

const noValues: ConditionValues = {};

/** Finds the variables that conditions of the operation and of the fragments beside it depend on. */
export function findConditions(operation: OperationDefinitionNode, document: DocumentNode): Conditions {
  const names = new Set<string>();
  const nodes = [operation, ...document.definitions.filter((node) => node.kind === 'FragmentDefinition')];
  for (const node of nodes) {
    visit(node, {
      Directive(directive) {
        const value = conditionOf(directive)?.value;
        if (value?.kind === 'Variable') names.add(value.name.value);
      },
    });
  }
  const defaults = new Map<string, boolean>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === 'BooleanValue') defaults.set(variable.name.value, defaultValue.value);
  }
  // A fragment that another operation of the document uses may name variables that this one hasn't got.
  const declared = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
  const sorted = [...names].filter((name) => declared.has(name)).sort();
  if (sorted.length === 0) return { read: () => noValues, combinations: 1, keyOf: () => '' };

  return {
    read(variables) {
      const values: Record<string, boolean> = {};
      for (const name of sorted) {
        const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
        const value = given === undefined ? defaults.get(name) : given;
        if (typeof value !== 'boolean') {
          throw new GraphQLError(`Variable "$${name}" has to be true or false: a condition depends on it`, {
            extensions: { code: 'BAD_USER_INPUT' },
          });
        }
        values[name] = value;
      }
      return values;
    },
    combinations: 2 ** sorted.length,
    keyOf: (values) => sorted.map((name) => (values[name] ? '1' : '0')).join(''),
  };
}

/** Whether `@skip` and `@include` let a selection in; a variable without a value counts as false. */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  values: Readonly<Record<string, unknown>>,
): boolean {
  for (const directive of directives ?? []) {
    const condition = conditionOf(directive);
    if (!condition) continue;
    const { value, wanted } = condition;
    const holds =
      value.kind === 'Variable'
        ? values[value.name.value] === true
        : value.kind === 'BooleanValue' && value.value;
    if (holds !== wanted) return false;
  }
  return true;
}

/** What a `@skip` or an `@include` depends on, and the value with which the selection is in; null for any other directive. */
export function conditionOf({
  name,
  arguments: given,
}: DirectiveNode): { value: ValueNode; wanted: boolean } | null {
  if (name.value !== 'skip' && name.value !== 'include') return null;
  const value = given?.find((argument) => argument.name.value === 'if')?.value;
  return value ? { value, wanted: name.value === 'include' } : null;
}

export const isCondition = (directive: DirectiveNode): boolean => conditionOf(directive) !== null;
