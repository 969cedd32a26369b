import type { AnyTx, Database } from './database.ts';
import { settledWithin } from './deadline.ts';
import type { Json } from './events/broker.ts';
import { createWakeup, ringWhenDue } from './events/wakeup.ts';
import { uuidv7 } from './ids.ts';
import { type Logger, withRequestId } from './log.ts';
import { backoff } from './retry.ts';

/** The channel that wakes whoever carries tasks out; heard when the transaction commits. */
const TASK_CHANNEL = 'task';

/** For so long nobody else tries a task whose instance died; an instance that lives renews it in time. */
const leaseSeconds = 90;
const renewMs = 25_000;
const lanes = 2;
const safetyNetMs = 15_000;
const waits = { baseMs: 1_000, maxMs: 600_000 };
const drainMs = 10_000;

/** A step of a task in hand. Ends by `save` (another step follows) or `finish`; either throws TaskLost when somebody else has the task. */
export interface Step<Progress> {
  /** What the task is about; of its kind there is one task a subject. */
  subject: string;
  /** What the step before saved; null at the first one. */
  progress: Progress | null;
  save(tx: AnyTx, progress: Progress): Promise<void>;
  finish(tx: AnyTx): Promise<void>;
  /** Aborted when the service stops: a step that is not over by then is begun anew later. */
  signal: AbortSignal;
}

/** Work that is too long for one transaction, done in steps. */
export interface Task<Client> {
  readonly kind: string;
  run(deps: { db: Database<Client>; log: Logger }, step: Step<Json>): Promise<void>;
}

/**
 * Defines a task. `run` does one step: its effect on the database and `save` or `finish` in one transaction, so that it
 * counts once; other effects (files) happen before, and must bear being repeated. A step that throws is tried again,
 * later each time, for ever.
 */
export function task<Client, Progress extends Json>(
  kind: string,
  run: (deps: { db: Database<Client>; log: Logger }, step: Step<Progress>) => Promise<void>,
): Task<Client> {
  return { kind, run: (deps, step) => run(deps, step as Step<Progress>) };
}

/** Another instance has the task by now. */
export class TaskLost extends Error {
  override name = 'TaskLost';
}

/** Has a task done once `tx` has committed, or at `due`. One of that kind and subject that is not over yet stays as it is. */
export async function insertTask(tx: AnyTx, kind: string, subject: string, due?: Date): Promise<void> {
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO task (id, kind, subject, due_at)
      VALUES (${uuidv7()}::uuid, ${kind}, ${subject}, coalesce(${due ?? null}::timestamptz, now()))
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT pg_notify(${TASK_CHANNEL}, '') FROM written`;
}

interface TaskRow {
  id: string;
  kind: string;
  subject: string;
  progress: Json;
  failures: number;
  leaseId: string;
}

/** Carries out the tasks that wait, a few at a time, on as many instances as there are. Gives what stops it. */
export async function startTasks<Client>(options: {
  db: Database<Client>;
  log: Logger;
  tasks: readonly Task<Client>[];
}): Promise<{ stop(): Promise<void> }> {
  const { db, log, tasks } = options;
  if (tasks.length === 0) return { stop: async () => {} };
  const byKind = new Map(tasks.map((one) => [one.kind, one]));
  const stopping = new AbortController();
  const wakeups = Array.from({ length: lanes }, createWakeup);
  const ring = () => {
    for (const wakeup of wakeups) wakeup.ring();
  };
  const stopListening = await db.listen(TASK_CHANNEL, ring);

  /** Times are kept in whole milliseconds, rounded: what is due at once may be written as due a moment later. */
  async function takeDue(): Promise<TaskRow | undefined> {
    const { rows } = await db.pool.query<TaskRow>(
      `UPDATE task SET lease_id = $1, due_at = now() + $2 * interval '1 second'
       WHERE id = (
         SELECT id FROM task WHERE due_at < now() + interval '1 millisecond' AND kind = ANY ($3)
         ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, kind, subject, progress, failures, lease_id AS "leaseId"`,
      [uuidv7(), leaseSeconds, [...byKind.keys()]],
    );
    return rows[0];
  }

  async function runStep(row: TaskRow): Promise<void> {
    const found = byKind.get(row.kind);
    const renewing = setInterval(() => renew(row), renewMs);
    try {
      await found?.run({ db, log }, stepOf(row, stopping.signal));
    } catch (error) {
      if (error instanceof TaskLost) return;
      const facts = { err: error, task: row.kind, failures: row.failures + 1 };
      log[row.failures < 5 ? 'warn' : 'error'](facts, 'a step of a task failed and is tried again');
      const waitMs = waits.baseMs / 5 + backoff(row.failures + 1, waits);
      await db.pool.query(
        `UPDATE task SET failures = failures + 1, due_at = now() + $3 * interval '1 millisecond'
         WHERE id = $1 AND lease_id = $2`,
        [row.id, row.leaseId, waitMs],
      );
      ringWhenDue(ring, waitMs);
    } finally {
      clearInterval(renewing);
    }
  }

  function renew({ id, kind, leaseId }: TaskRow): void {
    db.pool
      .query(`UPDATE task SET due_at = now() + $3 * interval '1 second' WHERE id = $1 AND lease_id = $2`, [
        id,
        leaseId,
        leaseSeconds,
      ])
      .catch((error: unknown) => log.warn({ err: error, task: kind }, 'the lease of a task was not renewed'));
  }

  const running = wakeups.map(async (wakeup) => {
    while (!stopping.signal.aborted) {
      const row = await takeDue().catch((error: unknown) => {
        log.warn({ err: error }, 'the tasks that wait could not be read; it is tried again');
        return undefined;
      });
      if (!row) await wakeup.sleep(safetyNetMs, stopping.signal);
      else {
        await withRequestId(row.id, () => runStep(row)).catch((error: unknown) => {
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
      await settledWithin(Promise.all(running), drainMs);
      await stopListening();
    },
  };
}

function stepOf({ id, subject, progress, leaseId }: TaskRow, signal: AbortSignal): Step<Json> {
  return {
    subject,
    progress,
    signal,
    async save(tx, next) {
      // Behind the others that wait: no long task keeps the short ones from their turn.
      const saved = await tx.$executeRaw`
        UPDATE task SET progress = ${JSON.stringify(next)}::jsonb, failures = 0, due_at = now(), lease_id = NULL
        WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
      if (saved === 0) throw new TaskLost();
    },
    async finish(tx) {
      const finished = await tx.$executeRaw`
        DELETE FROM task WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
      if (finished === 0) throw new TaskLost();
    },
  };
}
