import './lower-priority.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { Supergraph } from '@apollo/federation-internals';
import {
  type FieldNode,
  GraphQLError,
  getOperationAST,
  parse,
  specifiedRules,
  type ValidationContext,
  validate,
} from 'graphql';
import { parseWithin } from '../admission/limits.ts';
import { cutShort } from '../documents/preview.ts';
import { deferWhereItMayBe, uniqueDeferLabels } from './defer-rules.ts';
import type { Outcome, PlanTask, Said, Task, ThreadSetup } from './messages.ts';
import { planOperation, readyToPlan } from './plan-operation.ts';

// The thread in which operations that were never seen before are validated and planned: both take time that grows
// faster than the operation, and whoever sent a known one must not wait for that.

const { sdl, limits, introspection, maxPlanChars } = workerData as ThreadSetup;
const parts = readyToPlan(Supergraph.build(sdl, { validateSupergraph: false }));
const noIntrospection = (context: ValidationContext) => ({
  Field({ name }: FieldNode) {
    if (name.value !== '__schema' && name.value !== '__type') return;
    context.reportError(
      new GraphQLError(`The schema is not told here: ${name.value} is not allowed`, { nodes: name }),
    );
  },
});
const rules = [
  ...specifiedRules,
  uniqueDeferLabels,
  deferWhereItMayBe,
  ...(introspection ? [] : [noIntrospection]),
];
/** Whoever reads these asks again before the next are needed. */
const maxErrors = 10;
const maxLocations = 10;

function perform(task: Task): Outcome {
  try {
    return task.kind === 'validate' ? faultsOf(task.text) : planOf(task);
  } catch (error) {
    // What walks over documents and plans is recursive.
    if (error instanceof RangeError) return { kind: 'too complex' };
    if (error instanceof GraphQLError) return { kind: 'faulty', faults: [formatted(error)] };
    return {
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

function faultsOf(text: string): Outcome {
  const errors = validate(parts.schema, parseWithin(text, limits), rules, { maxErrors });
  return errors.length > 0 ? { kind: 'faulty', faults: errors.map(invalid) } : { kind: 'valid' };
}

function planOf({ text, operationName, refused }: PlanTask): Outcome {
  const document = parse(text, { noLocation: true });
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('there is no such operation to plan');
  const plan = JSON.stringify(planOperation(parts, document, operation, refused));
  return plan.length > maxPlanChars ? { kind: 'too complex' } : { kind: 'planned', plan };
}

const formatted = (error: GraphQLError) => {
  const { locations, ...rest } = error.toJSON();
  return {
    ...rest,
    message: cutShort(error.message),
    ...(locations && { locations: locations.slice(0, maxLocations) }),
  };
};

const invalid = (error: GraphQLError) => ({
  ...formatted(error),
  extensions: { code: 'BAD_USER_INPUT', ...error.extensions },
});

function say(outcome: Outcome | null): void {
  const { user, system } = process.threadCpuUsage();
  const said: Said = { outcome, cpuMs: (user + system) / 1000 };
  parentPort?.postMessage(said);
}

parentPort?.on('message', (task: Task) => say(perform(task)));
say(null);
