import { task } from '@socialhub/platform/durable-tasks/tasks';
import { beginErasure, beginErasureKind } from '../domain/deletion/begin-erasure.ts';
import type { Client } from '../store/client.ts';

/** Begins the erasure of an account whose grace is over. */
export const beginErasureTask = task<Client, null>(beginErasureKind, ({ db }, step) =>
  db.transaction(async (tx) => {
    const [userId = ''] = step.subject.split(' ');
    await beginErasure(tx, userId);
    await step.finish(tx);
  }),
);
