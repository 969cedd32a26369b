import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import * as z from 'zod';
import type { Tx } from '../store/client.ts';
import { applyStanding } from '../store/hidden-acts.ts';
import { lockStanding, updateStanding } from '../store/standings.ts';

/** The task that goes on with it (tasks/apply-standing.ts). */
export const applyStandingKind = defineTask('apply_standing', { userId: z.uuid() });
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
  if (applied === batchSize)
    await insertTask(tx, applyStandingKind, { userId: standing.userId }, { owner: standing.userId });
}

/** Goes on as the person's standing says by now; true when nothing departs from it any more. */
export async function continueStanding(tx: Tx, userId: string): Promise<boolean> {
  // A change of it meanwhile would find this task, which might end as of what it was before.
  await lockStanding(tx, userId);
  return (await applyStanding(tx, userId, batchSize)) < batchSize;
}
