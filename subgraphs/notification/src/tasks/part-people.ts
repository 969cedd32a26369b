import { task } from '@socialhub/platform/durable-tasks/tasks';
import { continueParting, partPeopleKind } from '../domain/part-people.ts';
import type { Client } from '../store/client.ts';

/** Retracts the rest of what two people were notified of about each other, in steps. */
export const partPeopleInSteps = task<Client, null, { recipientId: string; actorId: string }>(
  partPeopleKind,
  ({ db }, step) =>
    db.transaction(async (tx) => {
      const { recipientId, actorId } = step.payload;
      if (await continueParting(tx, recipientId, actorId)) await step.finish(tx);
      else await step.save(tx, null);
    }),
);
