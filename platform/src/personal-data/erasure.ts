import * as z from 'zod';
import { AccountDataErased } from '../contracts/auth.ts';
import type { ServiceName } from '../contracts/services.ts';
import type { AnyTx, Database, Tx } from '../database/database.ts';
import { defineTask } from '../durable-tasks/task-kind.ts';
import { insertTask, type Task, task } from '../durable-tasks/tasks.ts';
import { publish } from '../events/outbox.ts';

const kind = defineTask('erase_account', { userId: z.uuid() });
const batchSize = 200;

/** One kind of thing that a service keeps of a person. */
export interface ErasureStep<Client> {
  /** As the report names it: `posts`. */
  what: string;
  /** Erases at most `limit` of them and gives how many it was: 0 when none is left. */
  erase(tx: Tx<Client>, userId: string, limit: number): Promise<number>;
  /** What has to go first from where no transaction reaches, for the things that `erase` is going to take: files. */
  before?(db: Database<Client>, userId: string, limit: number): Promise<void>;
}

type Progress = { step: number; counts: Record<string, number> };

/** Has a person's data erased from this service once `tx` has committed. */
export const orderErasure = (tx: AnyTx, userId: string): Promise<void> =>
  insertTask(tx, kind, { userId }, { owner: userId });

/**
 * A service's part in the deletion of an account: erases step by step and batch by batch, and in the end publishes what it
 * was. A deletion that comes twice finds nothing the second time.
 */
export const erasureTask = <Client>(
  service: ServiceName,
  steps: readonly ErasureStep<Client>[],
): Task<Client> =>
  task<Client, Progress, { userId: string }>(kind, async ({ db }, run) => {
    const { userId } = run.payload;
    const { step: at, counts } = run.progress ?? { step: 0, counts: {} };
    const step = steps[at];
    await step?.before?.(db, userId, batchSize);
    await db.transaction(async (tx) => {
      if (!step) {
        await publish(tx, AccountDataErased, { userId, service, counts, at: new Date().toISOString() });
        return run.finish(tx);
      }
      const count = await step.erase(tx, userId, batchSize);
      await run.save(tx, {
        step: count === 0 ? at + 1 : at,
        counts: { ...counts, [step.what]: (counts[step.what] ?? 0) + count },
      });
    });
  });
