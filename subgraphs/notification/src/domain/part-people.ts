import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import * as z from 'zod';
import type { Tx } from '../store/client.ts';
import { deleteActsFor } from '../store/retract.ts';
import { lockActs } from '../store/standings.ts';

/** The task that goes on with it (tasks/part-people.ts): who was told, and of whom. */
export const partPeopleKind = defineTask('part_people', { recipientId: z.uuid(), actorId: z.uuid() });
/** Of as many things at a time. */
const batchSize = 200;

/** Retracts what two people, of whom one blocks the other, were notified of about each other: some at once, the rest in steps. */
export async function partPeople(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
  await lockActs(tx, [blockerId, blockedId]);
  await retractActs(tx, { recipientId: blockerId, actorId: blockedId, owner: blockerId });
  await retractActs(tx, { recipientId: blockedId, actorId: blockerId, owner: blockerId });
}

/** The same of what one person was notified of that another did; `owner` is whose doing it is. */
export async function retractActs(
  tx: Tx,
  { recipientId, actorId, owner }: { recipientId: string; actorId: string; owner: string },
): Promise<void> {
  const taken = await deleteActsFor(tx, recipientId, actorId, batchSize);
  if (taken === batchSize) await insertTask(tx, partPeopleKind, { recipientId, actorId }, { owner });
}

/** Goes on for one of the two; true when nothing is left. */
export const continueParting = async (tx: Tx, recipientId: string, actorId: string): Promise<boolean> =>
  (await deleteActsFor(tx, recipientId, actorId, batchSize)) < batchSize;
