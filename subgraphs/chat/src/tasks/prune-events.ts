import type { Database } from '@socialhub/platform/database/database';
import type { PruneStep } from '@socialhub/platform/lifecycle/prune';
import type { Client } from '../store/client.ts';
import { deleteOldEvents } from '../store/events/old-events.ts';

/** Deletes what is older than so many days of people's event logs: 1,000 events at most in a step. */
export const pruneEvents =
  ({ prisma }: Pick<Database<Client>, 'prisma'>, days: number): PruneStep =>
  (after) =>
    deleteOldEvents(prisma, after, { days, people: 100, each: 10 });
