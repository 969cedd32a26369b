import { task } from '@socialhub/platform/durable-tasks/tasks';
import { applyStandingKind, continueStanding } from '../domain/change-standing.ts';
import type { Client } from '../store/client.ts';

/** Hides or shows the rest of what somebody did, in steps. */
export const applyStandings = task<Client, null>(applyStandingKind, ({ db }, step) =>
  db.transaction(async (tx) => {
    if (await continueStanding(tx, step.subject)) await step.finish(tx);
    else await step.save(tx, null);
  }),
);
