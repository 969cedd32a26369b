import { textTask } from '@socialhub/platform/durable-tasks/task-kind';
import { task } from '@socialhub/platform/durable-tasks/tasks';
import { foldNames, foldNamesKind } from '../domain/search/fold-names.ts';
import type { Client } from '../store/client.ts';

/** Folds the names of everybody who is here as they are searched, in steps. */
export const foldNamesInSteps = task<Client, string>(textTask(foldNamesKind), ({ db }, step) =>
  db.transaction(async (tx) => {
    const last = await foldNames(tx, step.progress);
    if (last === null) await step.finish(tx);
    else await step.save(tx, last);
  }),
);
