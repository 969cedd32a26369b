import { groupLoader, viewerLoader } from '@socialhub/platform/database/loaders';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import { listLatestActors } from './actors.ts';
import type { Client, Reader } from './client.ts';
import { listOwnNotifications } from './notifications.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups of one request on behalf of its viewer, and of all others at the same moment, each one query however many ask. */
export const createLoaders = (context: Pick<SubgraphContext<Client>, 'db' | 'moment' | 'viewer'>) => ({
  /** One of the viewer's own. */
  notification: viewerLoader(context, context.db.prisma as Reader, listOwnNotifications),
  latestActors: context.moment.share(actorLoader, () => actorLoader(context.db.prisma)),
});

const actorLoader = (db: Reader) =>
  groupLoader(
    (ids) => listLatestActors(db, ids),
    ({ notificationId }) => notificationId,
  );
