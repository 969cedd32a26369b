import { type DirectiveNode, Kind } from 'graphql';
import { conditionOf } from '../documents/conditions.ts';

export type Variables = Readonly<Record<string, unknown>>;
/** A number where no variable has a say. */
export type Cost = number | ((variables: Variables) => number);
/** Undefined where nothing is said. */
export type Size = number | undefined | ((variables: Variables) => number | undefined);

/** What `@skip` and `@include` leave out costs nothing. */
export function conditional(directives: readonly DirectiveNode[] | undefined, cost: Cost): Cost {
  let total = cost;
  for (const directive of directives ?? []) {
    const condition = conditionOf(directive);
    if (!condition) continue;
    const { value, wanted } = condition;
    if (value.kind === Kind.BOOLEAN && value.value !== wanted) return 0;
    if (value.kind !== Kind.VARIABLE) continue;
    const [variable, within] = [value.name.value, total];
    total = (variables) => ((variables[variable] === true) === wanted ? evaluate(within, variables) : 0);
  }
  return total;
}

export const evaluate = (cost: Cost, variables: Variables) =>
  typeof cost === 'number' ? cost : cost(variables);

/** Compiled once: what hangs on no variable is added up at once. */
export function sum(costs: readonly Cost[]): Cost {
  let fixed = 0;
  const varying: Exclude<Cost, number>[] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') fixed += cost;
    else varying.push(cost);
  }
  if (varying.length === 0) return fixed;
  return (variables) => varying.reduce((total, cost) => total + cost(variables), fixed);
}

/** What is below a list, once for each of its items. */
export function times(size: Size, preset: number, cost: Cost): Cost {
  const fixed = (count: number | undefined) => Math.max(0, count ?? preset);
  if (typeof size === 'function') return (variables) => fixed(size(variables)) * evaluate(cost, variables);
  return typeof cost === 'number'
    ? fixed(size) * cost
    : (variables) => fixed(size) * evaluate(cost, variables);
}
