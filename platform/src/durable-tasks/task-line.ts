import type { ClientBase } from 'pg';
import type { AnyTx, Database } from '../database/database.ts';
import type { Json } from '../events/broker.ts';
import { uuidv7 } from '../ids.ts';
import type { WaitingTasks } from '../metrics/task-metrics.ts';

/** The channel that notifies whoever carries tasks out, when the transaction commits. */
export const TASK_CHANNEL = 'task';

/** For so long nobody else tries a task whose instance died; an instance that lives renews it in time. */
const leaseSeconds = 90;

/** What a turn is worth: so far behind each other those of one owner stand, with whatever others want in between. */
const turnSeconds = 10;

/** A task that this instance has taken. */
export interface TaskRow {
  id: string;
  kind: string;
  subject: string;
  /** null where it was ordered before there were payloads, or by a migration. */
  payload: Json;
  progress: Json;
  failures: number;
  leaseId: string;
}

/** Another instance has the task by now. */
export class TaskLost extends Error {
  override name = 'TaskLost';
}

type Pool = Pick<Database<unknown>['pool'], 'query' | 'connect'>;

/** Puts a task in the line of its kind, unless one of that subject is there. */
export async function insertTaskRow(
  tx: AnyTx,
  {
    kind,
    subject,
    payload,
    owner,
    due,
  }: { kind: string; subject: string; payload: unknown; owner: string | null; due: Date | null },
): Promise<void> {
  await tx.$executeRaw`
    WITH place AS (
      SELECT coalesce(${due}::timestamptz, now()) AS due,
        (SELECT max(turn_at) FROM task WHERE kind = ${kind} AND owner = ${owner}::text) AS last
    ), written AS (
      INSERT INTO task (id, kind, subject, payload, owner, due_at, turn_at)
      SELECT ${uuidv7()}::uuid, ${kind}, ${subject}, ${JSON.stringify(payload)}::jsonb, ${owner}::text, due,
        greatest(due, last + ${turnSeconds}::int * interval '1 second')
      FROM place
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT pg_notify(${TASK_CHANNEL}, '') FROM written`;
}

/** Takes the task of a kind whose turn it is, unless `perOwner` of its owner's are under way. */
export async function takeTask(
  pool: Pool,
  kind: string,
  perOwner: number | undefined,
): Promise<TaskRow | undefined> {
  if (perOwner === undefined) return take(pool, kind, null);
  // One after the other: two that looked at the same moment would each find the owner's place free.
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Named, so that PostgreSQL's statistics tell it from the locks of operations.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2)) AS task', [kind, lockSpace]);
    const row = await take(client, kind, perOwner);
    await client.query('COMMIT');
    client.release();
    return row;
  } catch (error) {
    // It may be in the middle of a transaction: it is not used again.
    client.release(true);
    throw error;
  }
}

const lockSpace = 4_201_009;

/**
 * Times are kept in whole milliseconds, rounded: what is due at once may be written as due a moment later. Whether anything is
 * due is looked up first: those that are due in a month would all be gone through in the order of their turns.
 */
async function take(
  client: Pick<Pool, 'query'>,
  kind: string,
  perOwner: number | null,
): Promise<TaskRow | undefined> {
  const { rows } = await client.query<TaskRow>(
    `UPDATE task SET lease_id = $1, due_at = now() + $2 * interval '1 second'
     WHERE id = (
       SELECT id FROM task AS waiting WHERE kind = $3 AND due_at < now() + interval '1 millisecond'
         AND (SELECT true FROM task WHERE kind = $3 AND due_at < now() + interval '1 millisecond' ORDER BY due_at LIMIT 1)
         AND ($4::int IS NULL OR owner IS NULL OR (
           SELECT count(*) FROM task AS going WHERE going.kind = $3 AND going.owner = waiting.owner
             AND going.lease_id IS NOT NULL AND going.due_at >= now() + interval '1 millisecond') < $4)
       ORDER BY turn_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, kind, subject, payload, progress, failures, lease_id AS "leaseId"`,
    [uuidv7(), leaseSeconds, kind, perOwner],
  );
  return rows[0];
}

/** Keeps a task for another while. */
export async function renewLease(pool: Pool, { id, leaseId }: TaskRow): Promise<void> {
  await pool.query(
    `UPDATE task SET due_at = now() + $3 * interval '1 second' WHERE id = $1 AND lease_id = $2`,
    [id, leaseId, leaseSeconds],
  );
}

/** Gives a task up whose step failed, to be tried again after `waitMs`; whatever that step still does cannot be saved. */
export async function putOff(pool: Pool, { id, leaseId }: TaskRow, waitMs: number): Promise<void> {
  await pool.query(
    `UPDATE task SET failures = failures + 1, lease_id = NULL, due_at = now() + $3 * interval '1 millisecond'
     WHERE id = $1 AND lease_id = $2`,
    [id, leaseId, waitMs],
  );
}

/** Gives a task back as it was taken, for whoever comes next. */
export async function giveBack(pool: Pool, { id, leaseId }: TaskRow): Promise<void> {
  await pool.query('UPDATE task SET lease_id = NULL, due_at = now() WHERE id = $1 AND lease_id = $2', [
    id,
    leaseId,
  ]);
}

/** Keeps how far a task is. It goes behind the others that wait: no long one keeps the short ones from their turn. */
export async function saveProgress(tx: AnyTx, { id, leaseId }: TaskRow, progress: Json): Promise<void> {
  const saved = await tx.$executeRaw`
    UPDATE task SET progress = ${JSON.stringify(progress)}::jsonb, failures = 0, due_at = now(), turn_at = now(),
      lease_id = NULL
    WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
  if (saved === 0) throw new TaskLost();
}

export async function deleteTask(tx: AnyTx, { id, leaseId }: TaskRow): Promise<void> {
  const finished = await tx.$executeRaw`
    DELETE FROM task WHERE id = ${id}::uuid AND lease_id = ${leaseId}::uuid`;
  if (finished === 0) throw new TaskLost();
}

/** As many rows are looked at, so that looking costs the same however many there are. */
const mostCounted = 1_000;
/** Longer than a step that failed is put off. */
const mostPutOff = '15 minutes';

/** The tasks of these kinds that are due and that nobody has in hand, or that failed and are put off. */
export async function listWaiting(
  client: Pick<ClientBase, 'query'>,
  kinds: readonly string[],
): Promise<WaitingTasks[]> {
  const { rows } = await client.query<WaitingTasks>(
    `SELECT kinds.kind, count(one.turn_at)::int AS waiting,
       count(one.turn_at) FILTER (WHERE one.failures > 0)::int AS failing,
       coalesce(extract(epoch FROM now() - min(one.turn_at)), 0)::float8 AS "oldestSeconds"
     FROM unnest($1::text[]) AS kinds(kind)
     LEFT JOIN LATERAL (
       SELECT turn_at, failures FROM task
       WHERE kind = kinds.kind AND due_at <= now() + interval '${mostPutOff}'
         AND (due_at <= now() OR (lease_id IS NULL AND failures > 0))
       ORDER BY due_at LIMIT $2) AS one ON true
     GROUP BY kinds.kind`,
    [kinds, mostCounted],
  );
  return rows;
}

/** The kinds of which there are tasks, each found by the index. */
export async function listTaskKinds(client: Pick<ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ kind: string }>(
    `WITH RECURSIVE kinds AS (
       (SELECT kind FROM task ORDER BY kind LIMIT 1)
       UNION ALL
       SELECT (SELECT kind FROM task WHERE task.kind > kinds.kind ORDER BY kind LIMIT 1) FROM kinds WHERE kind IS NOT NULL)
     SELECT kind FROM kinds WHERE kind IS NOT NULL`,
  );
  return rows.map(({ kind }) => kind);
}
