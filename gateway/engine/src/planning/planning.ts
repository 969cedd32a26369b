import { createHash } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { defaultLimits, type Limits } from '../admission/limits.ts';
import type { EngineLog } from '../log.ts';
import { createLanes, type LaneOptions, type NotPerformed } from './lanes.ts';
import type { Outcome, PlanTask, Task } from './messages.ts';
import { type StartThread, startThread } from './thread.ts';

export interface PlanningOptions extends LaneOptions {
  limits: Limits;
  /** Whether clients may ask for the schema. */
  introspection: boolean;
  /** Of a plan as JSON: what is made from it takes time in the thread that serves everybody, and memory. */
  maxPlanChars: number;
  /** How long it is remembered that an operation is too complex. */
  rememberMs: number;
  startThread: StartThread;
  /** Follows each task: called when it is asked for, then with its end. */
  watch?: WatchPlanning | undefined;
}

export const defaultPlanning: PlanningOptions = {
  limits: defaultLimits,
  introspection: true,
  budgetMs: 2000,
  lightMs: 250,
  heavyAskerMs: 500,
  waitMs: 10_000,
  waiting: 500,
  waitingOfEach: 50,
  maxPlanChars: 100_000,
  rememberMs: 600_000,
  startThread,
};

/** `seconds` are those of the work alone, 0 where there was none. */
export type WatchPlanning = (kind: Task['kind']) => (end: PlanningEnd, seconds: number) => void;
export type PlanningEnd = 'done' | 'faulty' | 'too complex' | 'crowded' | 'late' | 'failed';

/** A plan, and how long it is as JSON. */
export interface MadePlan {
  plan: QueryPlan;
  chars: number;
}

/** Validates and plans operations in a thread of its own; everybody who asks has a fair share of it. */
export interface Planning {
  /** What is wrong with a text; null when nothing is. Throws as `plan` does, too. */
  validate(text: string, asker: string): Promise<readonly GraphQLFormattedError[] | null>;
  /**
   * Throws GraphQLError: BAD_USER_INPUT when the operation is too complex, RATE_LIMITED when too much of the same asker
   * waits, UNAVAILABLE when too much of everybody waits or its turn has not come in time.
   */
  plan(task: Omit<PlanTask, 'kind'>, asker: string): Promise<MadePlan>;
  /** How many wait. */
  readonly waiting: number;
  /** Ends when nothing waits any more. */
  retire(): void;
  stop(): void;
}

const maxRemembered = 1000;

export function createPlanning(sdl: string, given: Partial<PlanningOptions>, log: EngineLog): Planning {
  const options = { ...defaultPlanning, ...given };
  const { limits, introspection, maxPlanChars } = options;
  const setup = { sdl, limits, introspection, maxPlanChars };
  const lanes = createLanes(options, () => options.startThread(setup), log);
  /** Whoever asks for the same meanwhile waits for the same. */
  const underWay = new Map<string, Promise<Outcome>>();
  const tooComplexUntil = new Map<string, number>();
  let isRetired = false;

  const remember = (key: string) => {
    const [oldest] = tooComplexUntil.keys();
    if (tooComplexUntil.size >= maxRemembered && oldest !== undefined) tooComplexUntil.delete(oldest);
    tooComplexUntil.set(key, performance.now() + options.rememberMs);
  };
  const isTooComplex = (key: string) => {
    const until = tooComplexUntil.get(key);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    tooComplexUntil.delete(key);
    return false;
  };

  const retireIfIdle = () => {
    if (isRetired && lanes.size === 0) lanes.stop();
  };

  async function enqueue(task: Task, key: string, asker: string): Promise<Outcome> {
    const watched = options.watch?.(task.kind);
    const performed = await lanes.perform(task, asker);
    retireIfIdle();
    if (performed.outcome === null) {
      watched?.(endsOf[performed.why], 0);
      throw performed.why === 'own crowd' ? tooMany(options.waitingOfEach) : notNow();
    }
    const { outcome, ms } = performed;
    watched?.(endOf(outcome), ms / 1000);
    if (outcome.kind === 'too complex') remember(key);
    if (outcome.kind === 'failed') log.error({ from: 'planning' }, outcome.message);
    return outcome;
  }

  async function ask(task: Task, asker: string): Promise<Outcome> {
    const key = keyOf(task);
    if (isTooComplex(key)) return { kind: 'too complex' };
    let outcome = underWay.get(key);
    if (!outcome) {
      outcome = enqueue(task, key, asker).finally(() => underWay.delete(key));
      underWay.set(key, outcome);
    }
    return outcome;
  }

  return {
    async validate(text, asker) {
      const outcome = await ask({ kind: 'validate', text }, asker);
      if (outcome.kind === 'valid') return null;
      if (outcome.kind === 'faulty') return outcome.faults;
      throw errorOf(outcome);
    },
    async plan(task, asker) {
      const outcome = await ask({ kind: 'plan', ...task }, asker);
      if (outcome.kind !== 'planned') throw errorOf(outcome);
      return { plan: JSON.parse(outcome.plan) as QueryPlan, chars: outcome.plan.length };
    },
    get waiting() {
      return lanes.waiting;
    },
    retire() {
      isRetired = true;
      retireIfIdle();
    },
    stop() {
      isRetired = true;
      lanes.stop();
    },
  };
}

const endsOf: Record<NotPerformed, PlanningEnd> = {
  late: 'late',
  'own crowd': 'crowded',
  crowd: 'crowded',
  'no thread': 'failed',
};
const endOf = ({ kind }: Outcome): PlanningEnd => (kind === 'valid' || kind === 'planned' ? 'done' : kind);

function keyOf(task: Task): string {
  const hash = createHash('sha256').update(task.text).digest('base64');
  if (task.kind === 'validate') return hash;
  return `${hash} ${task.operationName ?? ''} ${task.refused?.key ?? ''}`;
}

function errorOf(outcome: Outcome): Error {
  if (outcome.kind === 'faulty') {
    const [fault] = outcome.faults;
    return new GraphQLError(fault?.message ?? '', { extensions: fault?.extensions });
  }
  if (outcome.kind !== 'too complex') return new Error('an operation could not be planned');
  return new GraphQLError('The operation is too complex to be planned: ask for less at once', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });
}

const notNow = () =>
  new GraphQLError('Too many new operations wait: try again later', {
    extensions: { code: 'UNAVAILABLE', http: { status: 503 } },
  });

const tooMany = (limit: number) =>
  new GraphQLError('Too many new operations at once', {
    extensions: { code: 'RATE_LIMITED', retryAfter: 1, limit, http: { status: 429 } },
  });
