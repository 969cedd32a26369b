import { startPruning } from '@socialhub/platform/lifecycle/prune';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createSubgraph, type ServiceOverrides } from '@socialhub/platform/subgraph/subgraph';
import type { NotificationConfig } from './config.ts';
import { onAccountDeleted } from './consumers/on-account-deleted.ts';
import { onAccountStandingChanged } from './consumers/on-account-standing-changed.ts';
import { onBellRung } from './consumers/on-bell-rung.ts';
import { onBellSilenced } from './consumers/on-bell-silenced.ts';
import { onCommentCreated } from './consumers/on-comment-created.ts';
import { onCommentDeleted } from './consumers/on-comment-deleted.ts';
import { onCommentReacted } from './consumers/on-comment-reacted.ts';
import { onCommentReactionRemoved } from './consumers/on-comment-reaction-removed.ts';
import { onCommentRemoved } from './consumers/on-comment-removed.ts';
import { onCommentRestored } from './consumers/on-comment-restored.ts';
import { onCommentUpdated } from './consumers/on-comment-updated.ts';
import { onDataExportRequested } from './consumers/on-data-export-requested.ts';
import { onFollowRequested } from './consumers/on-follow-requested.ts';
import { onPostCreated } from './consumers/on-post-created.ts';
import { onPostDeleted } from './consumers/on-post-deleted.ts';
import { onPostReacted } from './consumers/on-post-reacted.ts';
import { onPostReactionRemoved } from './consumers/on-post-reaction-removed.ts';
import { onPostRemoved } from './consumers/on-post-removed.ts';
import { onPostReposted } from './consumers/on-post-reposted.ts';
import { onPostRestored } from './consumers/on-post-restored.ts';
import { onPostUpdated } from './consumers/on-post-updated.ts';
import { onRepostUndone } from './consumers/on-repost-undone.ts';
import { onUserBlocked } from './consumers/on-user-blocked.ts';
import { onUserFollowed } from './consumers/on-user-followed.ts';
import { onUserMuted } from './consumers/on-user-muted.ts';
import { onUserRegistered } from './consumers/on-user-registered.ts';
import { onUserUnblocked } from './consumers/on-user-unblocked.ts';
import { onUserUnfollowed } from './consumers/on-user-unfollowed.ts';
import { onUserUnmuted } from './consumers/on-user-unmuted.ts';
import { createContext } from './context.ts';
import { eraseAccount } from './domain/erase-account.ts';
import { dataExport } from './domain/export-data.ts';
import { resolvers } from './resolvers/index.ts';
import { createClient } from './store/client.ts';
import { createNotificationLog } from './store/notifications.ts';
import { applyStandings } from './tasks/apply-standing.ts';
import { partPeopleInSteps } from './tasks/part-people.ts';
import { pruneNotifications } from './tasks/prune-notifications.ts';

export { readConfig } from './config.ts';

/** The notification service: who is notified of what, the list, the live stream. */
export const createNotificationService = (
  config: NotificationConfig,
  overrides?: ServiceOverrides,
): Service =>
  createSubgraph(
    {
      name: 'notification',
      config,
      schema: new URL('../schema.graphql', import.meta.url),
      resolvers,
      createClient,
      create: ({ db, live, log, closing }) => {
        const step = pruneNotifications(db, config.NOTIFICATION_DAYS);
        const pruning = startPruning({ name: 'old notifications', log, step });
        closing.defer(() => pruning.stop());
        return {
          context: createContext(createNotificationLog(db, live)),
          consumers: [
            onUserRegistered,
            onAccountStandingChanged,
            onUserFollowed,
            onUserUnfollowed,
            onBellRung,
            onBellSilenced,
            onFollowRequested,
            onUserBlocked,
            onUserUnblocked,
            onUserMuted,
            onUserUnmuted,
            onPostCreated,
            onPostUpdated,
            onPostDeleted,
            onPostRemoved,
            onPostRestored,
            onCommentCreated,
            onCommentUpdated,
            onCommentDeleted,
            onCommentRemoved,
            onCommentRestored,
            onPostReacted,
            onPostReactionRemoved,
            onCommentReacted,
            onCommentReactionRemoved,
            onPostReposted,
            onRepostUndone,
            onDataExportRequested,
            onAccountDeleted,
          ],
          tasks: [applyStandings, partPeopleInSteps, dataExport.task, eraseAccount],
        };
      },
    },
    overrides,
  );
