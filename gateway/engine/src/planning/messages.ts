import type { GraphQLFormattedError } from 'graphql';
import type { Limits } from '../admission/limits.ts';

/** What a planning thread is started with. */
export interface ThreadSetup {
  sdl: string;
  limits: Limits;
  /** Whether clients may ask for the schema. */
  introspection: boolean;
  maxPlanChars: number;
}

/** Whether a text is an operation that the schema has. */
export interface ValidateTask {
  kind: 'validate';
  text: string;
}

/** The plan of one operation of a valid text. */
export interface PlanTask {
  kind: 'plan';
  text: string;
  operationName: string | undefined;
  /** What the caller may not have. */
  refused: { key: string; coordinates: ReadonlySet<string> } | null;
}

export type Task = ValidateTask | PlanTask;

/** How a task has ended. */
export type Outcome =
  | { kind: 'valid' }
  | { kind: 'planned'; plan: string }
  /** What is wrong with the operation. */
  | { kind: 'faulty'; faults: readonly GraphQLFormattedError[] }
  | { kind: 'too complex' }
  /** What should not happen. */
  | { kind: 'failed'; message: string };

/** What a thread says: that it can work (`outcome` is null), or how its task has ended; and its time on a core until then. */
export interface Said {
  outcome: Outcome | null;
  cpuMs: number;
}
