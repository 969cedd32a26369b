import { task } from '@socialhub/platform/durable-tasks/tasks';
import { beginErasure, beginErasureKind } from '../domain/deletion/begin-erasure.ts';
import type { Client } from '../store/client.ts';

/** Begins the erasure of an account whose grace is over. */
export const beginErasureTask = task<Client, null, { userId: string; deleteAfter: number }>(
  beginErasureKind,
  ({ db }, step) =>
    db.transaction(async (tx) => {
      await beginErasure(tx, step.payload.userId);
      await step.finish(tx);
    }),
);
