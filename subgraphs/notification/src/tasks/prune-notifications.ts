import type { Database } from '@socialhub/platform/database/database';
import type { PruneStep } from '@socialhub/platform/lifecycle/prune';
import type { Client } from '../store/client.ts';
import { deleteOldNotifications } from '../store/old-notifications.ts';

/** Deletes what people were told of last before so many days: of 500 acts at most in a step. */
export const pruneNotifications =
  (db: Pick<Database<Client>, 'transaction'>, days: number): PruneStep =>
  (after) =>
    db.transaction((tx) => deleteOldNotifications(tx, after, { days, people: 50, each: 10, limit: 500 }));
