import type { AnyTx, Database } from '../database/database.ts';
import { settledWithin, withDeadline } from '../deadline.ts';
import type { Json } from '../events/broker.ts';
import { createWakeup, notifyWhenDue } from '../events/wakeup.ts';
import { type Logger, withRequestId } from '../log.ts';
import { countRetry, countStep, type StepEnd, watchTasks } from '../metrics/task-metrics.ts';
import { backoff } from '../retry.ts';
import type { TaskKind } from './task-kind.ts';
import {
  deleteTask,
  giveBack,
  insertTaskRow,
  listWaiting,
  putOff,
  renewLease,
  saveProgress,
  TASK_CHANNEL,
  TaskLost,
  type TaskRow,
  takeTask,
} from './task-line.ts';

export { TaskLost };

const renewMs = 25_000;
/** So many steps at a time of the kinds that have no lanes of their own. */
const sharedLanes = 2;
const safetyNetMs = 15_000;
const waits = { baseMs: 1_000, maxMs: 600_000 };
const drainMs = 4_000;
const budgetMs = 60_000;
/** A step whose signal was aborted has as long to end by itself. */
const graceMs = 3_000;

/** A step of a task in hand. Ends by `save` (another step follows) or `finish`; either throws TaskLost when somebody else has the task. */
export interface Step<Progress, Payload = string> {
  /** What the task is about. */
  payload: Payload;
  /** What the step before saved; null at the first one. */
  progress: Progress | null;
  save(tx: AnyTx, progress: Progress): Promise<void>;
  finish(tx: AnyTx): Promise<void>;
  /** Aborted when the service stops or the step's time is over: a step that is not over by then is begun anew later. */
  signal: AbortSignal;
}

type Deps<Client> = { db: Database<Client>; log: Logger };

/** What a kind of task may take of what all share. */
export interface TaskBounds {
  /** Lanes of its own: so many steps at a time on each instance. The kinds without share two. */
  lanes?: number;
  /** So many steps at a time of one owner's. */
  perOwner?: number;
  /** How long a step may take. */
  budgetMs?: number;
}

/** Work that is too long for one transaction, done in steps. */
export interface Task<Client> {
  readonly kind: string;
  readonly bounds: TaskBounds;
  /** What a row of the table is about; throws where it is nothing of this kind. */
  payloadOf(row: Pick<TaskRow, 'subject' | 'payload'>): unknown;
  run(deps: Deps<Client>, step: Step<Json, unknown>): Promise<void>;
}

/**
 * Defines a task. `run` does one step: its effect on the database and `save` or `finish` in one transaction, so that it
 * counts once; other effects (files) happen before, and must bear being repeated. A step that throws is tried again,
 * later each time, for ever.
 */
export function task<Client, Progress extends Json, Payload = string>(
  kind: TaskKind<Payload>,
  run: (deps: Deps<Client>, step: Step<Progress, Payload>) => Promise<void>,
  bounds: TaskBounds = {},
): Task<Client> {
  return {
    kind: kind.kind,
    bounds,
    payloadOf: ({ subject, payload }) => kind.parse(payload ?? kind.fromSubject(subject)),
    run: (deps, step) => run(deps, step as Step<Progress, Payload>),
  };
}

/**
 * Has a task done once `tx` has committed, or at `due`. One about the same that is not over yet stays as it is.
 * Those of one `owner` take turns with those of others, however many there are.
 */
export async function insertTask<Payload>(
  tx: AnyTx,
  kind: TaskKind<Payload>,
  about: NoInfer<Payload>,
  { owner = null, due = null }: { owner?: string | null; due?: Date | null } = {},
): Promise<void> {
  const payload = kind.parse(about);
  await insertTaskRow(tx, { kind: kind.kind, subject: kind.subjectOf(payload), payload, owner, due });
}

/**
 * Carries out the tasks that wait, a few at a time, on as many instances as there are. Gives what stops it: what waits
 * stays in the table, what is under way is aborted and begun anew by the next start.
 */
export async function startTasks<Client>(options: {
  /** Whose they are, in the metrics. */
  service: string;
  db: Database<Client>;
  log: Logger;
  tasks: readonly Task<Client>[];
}): Promise<{ stop(): Promise<void> }> {
  const { service, db, log, tasks } = options;
  if (tasks.length === 0) return { stop: async () => {} };
  const stopping = new AbortController();
  const lanes = lanesOf(tasks);
  const wakeups = lanes.map(createWakeup);
  const notify = () => {
    for (const wakeup of wakeups) wakeup.notify();
  };
  const stopListening = await db.listen(TASK_CHANNEL, notify);
  const kinds = tasks.map(({ kind }) => kind);
  const stopWatching = watchTasks(service, () => listWaiting(db.pool, kinds));

  /** Looks at the kinds of a lane in turn: none of them keeps another from it. */
  async function takeNext(kinds: Task<Client>[]): Promise<{ found: Task<Client>; row: TaskRow } | undefined> {
    for (const found of [...kinds]) {
      kinds.push(...kinds.splice(0, 1));
      const row = await takeTask(db.pool, found.kind, found.bounds.perOwner);
      if (row) return { found, row };
    }
    return undefined;
  }

  async function runStep(found: Task<Client>, row: TaskRow): Promise<void> {
    const renewing = setInterval(() => renew(row), renewMs);
    const over = new AbortController();
    const limitMs = found.bounds.budgetMs ?? budgetMs;
    const timer = setTimeout(() => over.abort(), limitMs);
    let end: StepEnd = 'saved';
    const noteDone = () => {
      end = 'done';
    };
    if (row.failures > 0) countRetry(service, row.kind);
    try {
      const signal = AbortSignal.any([stopping.signal, over.signal]);
      const step = stepOf(row, found.payloadOf(row), signal, noteDone);
      const work = found.run({ db, log }, step);
      await withDeadline(work, limitMs + graceMs, () => new Error('a step took longer than it may'));
      countStep(service, row.kind, end);
    } catch (error) {
      if (error instanceof TaskLost) return;
      if (stopping.signal.aborted) return await giveBack(db.pool, row);
      countStep(service, row.kind, 'failed');
      const facts = { err: error, task: row.kind, failures: row.failures + 1 };
      log[row.failures < 5 ? 'warn' : 'error'](facts, 'a step of a task failed and is tried again');
      const waitMs = waits.baseMs / 5 + backoff(row.failures + 1, waits);
      await putOff(db.pool, row, waitMs);
      notifyWhenDue(notify, waitMs);
    } finally {
      clearInterval(renewing);
      clearTimeout(timer);
      over.abort();
      // Another of the same owner's may have waited for this one.
      if (found.bounds.perOwner !== undefined) notify();
    }
  }

  function renew(row: TaskRow): void {
    renewLease(db.pool, row).catch((error: unknown) =>
      log.warn({ err: error, task: row.kind }, 'the lease of a task was not renewed'),
    );
  }

  const running = lanes.map(async (kinds, at) => {
    while (!stopping.signal.aborted) {
      const next = await takeNext(kinds).catch((error: unknown) => {
        log.warn({ err: error }, 'the tasks that wait could not be read; it is tried again');
        return undefined;
      });
      if (!next) await wakeups[at]?.sleep(safetyNetMs, stopping.signal);
      else {
        const { found, row } = next;
        await withRequestId(row.id, () => runStep(found, row)).catch((error: unknown) => {
          log.warn(
            { err: error, task: row.kind },
            'a failed task could not be put off; its lease will lapse',
          );
        });
      }
    }
  });

  return {
    async stop() {
      stopping.abort();
      stopWatching();
      await settledWithin(Promise.all(running), drainMs);
      await stopListening();
    },
  };
}

/** The kinds that each lane looks after. */
function lanesOf<Client>(tasks: readonly Task<Client>[]): Task<Client>[][] {
  const shared = tasks.filter(({ bounds }) => bounds.lanes === undefined);
  const own = tasks.flatMap((one) => Array.from({ length: one.bounds.lanes ?? 0 }, () => [one]));
  return shared.length === 0 ? own : [...Array.from({ length: sharedLanes }, () => [...shared]), ...own];
}

const stepOf = (
  row: TaskRow,
  payload: unknown,
  signal: AbortSignal,
  done: () => void,
): Step<Json, unknown> => ({
  payload,
  progress: row.progress,
  signal,
  save: (tx, progress) => saveProgress(tx, row, progress),
  async finish(tx) {
    await deleteTask(tx, row);
    done();
  },
});
