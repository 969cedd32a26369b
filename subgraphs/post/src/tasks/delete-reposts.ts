import { task } from '@socialhub/platform/durable-tasks/tasks';
import { continueDeletingReposts, deleteRepostsKind } from '../domain/reposts/delete-reposts.ts';
import type { Client } from '../store/client.ts';

/** Deletes the rest of the reposts of a post that is gone, in steps. */
export const deleteRepostsInSteps = task<Client, null, { postId: string }>(
  deleteRepostsKind,
  ({ db }, step) =>
    db.transaction(async (tx) => {
      if (await continueDeletingReposts(tx, step.payload.postId)) await step.finish(tx);
      else await step.save(tx, null);
    }),
);
