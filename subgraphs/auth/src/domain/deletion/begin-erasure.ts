import { AccountDeleted } from '@socialhub/platform/contracts/auth';
import { publish } from '@socialhub/platform/events/outbox';
import { insertTask, task } from '@socialhub/platform/tasks';
import { type AccountRow, updateDeleted } from '../../store/accounts/accounts.ts';
import type { Client, Tx } from '../../store/client.ts';
import { insertErasure } from '../../store/deletion/erasures.ts';

const kind = 'begin_erasure';

/** Has the account erased when its grace is over. */
export async function planErasure(tx: Tx, { id, deleteAfter }: AccountRow): Promise<void> {
  // One plan for each time that it is asked for: those of requests that were taken back find nothing to do.
  if (deleteAfter)
    await insertTask(tx, kind, `${id} ${deleteAfter.getTime()}`, { owner: id, due: deleteAfter });
}

/** Tells every service, once, unless the owner has come back: of the two the first one wins. */
export const beginErasure = task<Client, null>(kind, ({ db }, step) =>
  db.transaction(async (tx) => {
    const [userId = ''] = step.subject.split(' ');
    if (await updateDeleted(tx, userId)) {
      await insertErasure(tx, userId);
      await publish(tx, AccountDeleted, { userId, at: new Date().toISOString() });
    }
    await step.finish(tx);
  }),
);
