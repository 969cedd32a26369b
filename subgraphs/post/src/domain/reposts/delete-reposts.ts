import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import * as z from 'zod';
import type { Tx } from '../../store/client.ts';
import { deleteRepostsOf } from '../../store/reposts/reposts.ts';

/** The task that goes on with it (tasks/delete-reposts.ts). */
export const deleteRepostsKind = defineTask('delete_reposts', { postId: z.uuid() });
/** Of as many at a time. */
const batchSize = 200;

/**
 * Deletes the reposts of a post that is gone: some at once, which is all of them for most posts, and the rest in steps. Nobody sees
 * them any more, and nobody can add to them.
 */
export async function deleteReposts(tx: Tx, postId: string, owner: string): Promise<void> {
  if (!(await continueDeletingReposts(tx, postId)))
    await insertTask(tx, deleteRepostsKind, { postId }, { owner });
}

/** Goes on with them; true when none is left. */
export const continueDeletingReposts = async (tx: Tx, postId: string): Promise<boolean> =>
  (await deleteRepostsOf(tx, postId, batchSize)) < batchSize;
