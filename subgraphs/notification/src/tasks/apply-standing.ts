import { task } from '@socialhub/platform/durable-tasks/tasks';
import { applyStandingKind, continueStanding } from '../domain/change-standing.ts';
import type { Client } from '../store/client.ts';

/** Hides or shows the rest of what somebody did, in steps. */
export const applyStandings = task<Client, null, { userId: string }>(applyStandingKind, ({ db }, step) =>
  db.transaction(async (tx) => {
    if (await continueStanding(tx, step.payload.userId)) await step.finish(tx);
    else await step.save(tx, null);
  }),
);
