import { groupLoader } from '@socialhub/platform/loaders';
import { listLatestActors } from './actors.ts';
import type { Reader } from './client.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** What hangs on a notification, in one query for all rows of a request. */
export const createLoaders = (db: Reader) => ({
  latestActors: groupLoader(
    (ids) => listLatestActors(db, ids),
    ({ notificationId }) => notificationId,
  ),
});
