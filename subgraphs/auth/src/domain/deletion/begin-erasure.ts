import { AccountDeleted } from '@socialhub/platform/contracts/auth';
import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import { publish } from '@socialhub/platform/events/outbox';
import * as z from 'zod';
import { type AccountRow, updateDeleted } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertErasure } from '../../store/deletion/erasures.ts';

/** The task that begins an erasure (tasks/begin-erasure.ts). */
export const beginErasureKind = defineTask('begin_erasure', {
  userId: z.uuid(),
  deleteAfter: z.coerce.number(),
});

/** Has the account erased when its grace is over. */
export async function planErasure(tx: Tx, { id, deleteAfter }: AccountRow): Promise<void> {
  if (!deleteAfter) return;
  // One plan for each time that it is asked for: those of requests that were taken back find nothing to do.
  const plan = { userId: id, deleteAfter: deleteAfter.getTime() };
  await insertTask(tx, beginErasureKind, plan, { owner: id, due: deleteAfter });
}

/** Tells every service, once, unless the owner has come back: of the two the first one wins. */
export async function beginErasure(tx: Tx, userId: string): Promise<void> {
  if (!(await updateDeleted(tx, userId))) return;
  await insertErasure(tx, userId);
  await publish(tx, AccountDeleted, { userId, at: new Date().toISOString() });
}
