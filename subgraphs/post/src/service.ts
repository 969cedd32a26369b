import type { Service } from '@socialhub/platform/lifecycle/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import type { PostConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onMediaDeleted } from './consumers/on-media-deleted.ts';
import { onMediaReady } from './consumers/on-media-ready.ts';
import { onUserBlocked } from './consumers/on-user-blocked.ts';
import { onUserFollowed } from './consumers/on-user-followed.ts';
import { onUserMuted } from './consumers/on-user-muted.ts';
import { onUserRegistered } from './consumers/on-user-registered.ts';
import { onUserUnblocked } from './consumers/on-user-unblocked.ts';
import { onUserUnfollowed } from './consumers/on-user-unfollowed.ts';
import { onUserUnmuted } from './consumers/on-user-unmuted.ts';
import { onUserUpdated } from './consumers/on-user-updated.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createHomeLog } from './store/timelines/home-timeline-log.ts';
import { deleteRepostsInSteps } from './tasks/delete-reposts.ts';
import { indexPosts } from './tasks/index-posts.ts';

export { readConfig } from './config.ts';

/** The post service: posts, comments, reactions, timelines. */
export const createPostService = (config: PostConfig, overrides?: ServiceOverrides): Service =>
  createSubgraph(
    {
      name: 'post',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      create: ({ db, live }) => ({
        context: createContext(createHomeLog(db, live)),
        consumers: [
          onUserRegistered,
          onAccountStandingChanged,
          onUserUpdated,
          onUserFollowed,
          onUserUnfollowed,
          onUserBlocked,
          onUserUnblocked,
          onUserMuted,
          onUserUnmuted,
          onMediaReady,
          onMediaDeleted,
          onDataExportRequested,
          onAccountDeleted,
        ],
        tasks: [dataExport.task, eraseAccount, indexPosts, deleteRepostsInSteps],
      }),
    },
    overrides,
  );
