import { task } from '@socialhub/platform/durable-tasks/tasks';
import { continueParting, partPeopleKind } from '../domain/part-people.ts';
import type { Client } from '../store/client.ts';

/** Retracts the rest of what two people were notified of about each other, in steps. */
export const partPeopleInSteps = task<Client, null>(partPeopleKind, ({ db }, step) =>
  db.transaction(async (tx) => {
    const [recipientId = '', actorId = ''] = step.subject.split(' ');
    if (await continueParting(tx, recipientId, actorId)) await step.finish(tx);
    else await step.save(tx, null);
  }),
);
