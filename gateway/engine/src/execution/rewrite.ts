import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type DataObject, isObject, own, setOwn } from './data.ts';
import { isOfType } from './types.ts';

/** Changes what is sent to a subgraph, or what came from it, in place. */
export type Rewrite = (value: unknown) => void;

type Step = { field: string } | { condition: string };

const fragmentPrefix = '... on ';

/** Compiles what a plan wants changed on the way; undefined when that is nothing. */
export function compileRewrites(
  supergraph: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[] | undefined,
): Rewrite | undefined {
  const compiled = (rewrites ?? []).filter(({ path }) => path.length > 0).map((r) => compile(supergraph, r));
  if (compiled.length === 0) return undefined;
  return (value) => {
    for (const rewrite of compiled) rewrite(value);
  };
}

function compile(supergraph: GraphQLSchema, rewrite: FetchDataRewrite): Rewrite {
  const steps = rewrite.path.map(parseStep);
  const last = steps.pop();
  if (!last || !('field' in last)) throw new Error(`a rewrite ends at a type: ${rewrite.path.join('.')}`);
  const { field } = last;
  const change = (object: DataObject) => {
    if (rewrite.kind === 'ValueSetter') {
      setOwn(object, field, rewrite.setValueTo);
      return;
    }
    const value = own(object, field);
    // A null is renamed as anything else is: the key it is under is not the one that the client asked for.
    if (value === undefined) return;
    setOwn(object, rewrite.renameKeyTo, value);
    setOwn(object, field, undefined);
  };
  return (value) => changeAt(supergraph, steps, 0, value, change);
}

function changeAt(
  supergraph: GraphQLSchema,
  steps: readonly Step[],
  depth: number,
  value: unknown,
  change: (object: DataObject) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) changeAt(supergraph, steps, depth, item, change);
    return;
  }
  if (!isObject(value)) return;
  const step = steps[depth];
  if (!step) {
    change(value);
  } else if ('field' in step) {
    changeAt(supergraph, steps, depth + 1, own(value, step.field), change);
  } else if (isOfType(supergraph, value, step.condition, true)) {
    changeAt(supergraph, steps, depth + 1, value, change);
  }
}

const parseStep = (text: string): Step =>
  text.startsWith(fragmentPrefix) ? { condition: text.slice(fragmentPrefix.length) } : { field: text };
