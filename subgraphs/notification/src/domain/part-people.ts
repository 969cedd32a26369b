import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import type { Tx } from '../store/client.ts';
import { deleteActsFor } from '../store/retract.ts';

/** The task that goes on with it (tasks/part-people.ts); its subject is who was told, and of whom. */
export const partPeopleKind = 'part_people';
/** Of as many things at a time. */
const batchSize = 200;

/** Retracts what two people, of whom one blocks the other, were notified of about each other: some at once, the rest in steps. */
export async function partPeople(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
  for (const [recipientId, actorId] of [
    [blockerId, blockedId],
    [blockedId, blockerId],
  ] as const) {
    const taken = await deleteActsFor(tx, recipientId, actorId, batchSize);
    if (taken === batchSize)
      await insertTask(tx, partPeopleKind, `${recipientId} ${actorId}`, { owner: blockerId });
  }
}

/** Goes on for one of the two; true when nothing is left. */
export const continueParting = async (tx: Tx, recipientId: string, actorId: string): Promise<boolean> =>
  (await deleteActsFor(tx, recipientId, actorId, batchSize)) < batchSize;
