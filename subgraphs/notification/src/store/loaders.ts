import { batchLoader, groupLoader } from '@socialhub/platform/database/loaders';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { listLatestActors } from './actors.ts';
import type { Reader } from './client.ts';
import { listOwnNotifications } from './notifications.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups of one request on behalf of `viewer`, each one query however many ask. */
export const createLoaders = (db: Reader, viewer: Viewer | null) => ({
  /** One of the viewer's own. */
  notification: batchLoader(
    async (ids) => (viewer ? listOwnNotifications(db, viewer.userId, ids) : []),
    ({ id }) => id,
  ),
  latestActors: groupLoader(
    (ids) => listLatestActors(db, ids),
    ({ notificationId }) => notificationId,
  ),
});
