import { insertTask, task } from '@socialhub/platform/tasks';
import type { Client, Tx } from '../store/client.ts';
import { applyStanding } from '../store/hidden-acts.ts';
import { lockStanding, updateStanding } from '../store/standings.ts';

const kind = 'apply_standing';
/** Of as many things at a time that somebody did. */
const batchSize = 200;

/**
 * Hides what somebody did whose account is not active, or shows it again: some of it at once, which is all of it for most
 * people, and the rest in steps.
 */
export async function changeStanding(
  tx: Tx,
  standing: { userId: string; isActive: boolean; sequence: bigint },
): Promise<void> {
  if (!(await updateStanding(tx, standing))) return;
  const applied = await applyStanding(tx, standing.userId, batchSize);
  if (applied === batchSize) await insertTask(tx, kind, standing.userId, { owner: standing.userId });
}

/** Goes on as the person's standing says by then, until nothing departs from it. */
export const applyStandings = task<Client, null>(kind, ({ db }, step) =>
  db.transaction(async (tx) => {
    // A change of it meanwhile would find this task, which might end as of what it was before.
    await lockStanding(tx, step.subject);
    const applied = await applyStanding(tx, step.subject, batchSize);
    if (applied < batchSize) await step.finish(tx);
    else await step.save(tx, null);
  }),
);
