import { type Task, task } from '@socialhub/platform/durable-tasks/tasks';
import { removeMediaKind } from '../domain/delete-media.ts';
import type { Client } from '../store/client.ts';
import type { Objects } from '../store/objects.ts';

/** Removes everything of deleted media from the storage: addresses that were handed out lead nowhere then. */
export const removeMedia = (objects: Objects): Task<Client> =>
  task<Client, null, { mediaId: string }>(
    removeMediaKind,
    async ({ db }, step) => {
      await objects.removeAllOf(step.payload.mediaId);
      await db.transaction((tx) => step.finish(tx));
    },
    { lanes: 2, perOwner: 1 },
  );
