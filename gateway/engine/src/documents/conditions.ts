import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  type OperationDefinitionNode,
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
        const value = conditionOf(directive);
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

/** Whether `@skip` and `@include` let a selection in. */
export function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  values: ConditionValues,
): boolean {
  if (!directives) return true;
  for (const directive of directives) {
    const value = conditionOf(directive);
    if (!value) continue;
    const holds =
      value.kind === 'Variable' ? values[value.name.value] : value.kind === 'BooleanValue' && value.value;
    if (holds === (directive.name.value === 'skip')) return false;
  }
  return true;
}

function conditionOf(directive: DirectiveNode) {
  const name = directive.name.value;
  if (name !== 'skip' && name !== 'include') return undefined;
  return directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
}
