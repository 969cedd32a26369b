import { insertTask, task } from '@socialhub/platform/tasks';
import type { Client, Tx } from '../store/client.ts';
import { deleteActsFor } from '../store/take-back.ts';

const kind = 'part_people';
/** Of as many things at a time. */
const batchSize = 200;

/** Takes back what two people, of whom one blocks the other, were told of each other: some at once, the rest in steps. */
export async function partPeople(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
  for (const [recipientId, actorId] of [
    [blockerId, blockedId],
    [blockedId, blockerId],
  ] as const) {
    const taken = await deleteActsFor(tx, recipientId, actorId, batchSize);
    if (taken === batchSize) await insertTask(tx, kind, `${recipientId} ${actorId}`, { owner: blockerId });
  }
}

export const partPeopleInSteps = task<Client, null>(kind, ({ db }, step) =>
  db.transaction(async (tx) => {
    const [recipientId = '', actorId = ''] = step.subject.split(' ');
    const taken = await deleteActsFor(tx, recipientId, actorId, batchSize);
    if (taken < batchSize) await step.finish(tx);
    else await step.save(tx, null);
  }),
);
