import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { markNotificationRead } from '../domain/mark-notification-read.ts';
import { markNotificationsRead } from '../domain/mark-notifications-read.ts';
import { updateNotificationPreferences } from '../domain/update-notification-preferences.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  markNotificationRead: (_root, { input }, context) => {
    const viewer = requireViewer(context);
    return context.db.transaction((tx) => markNotificationRead(tx, viewer, input.id));
  },

  updateNotificationPreferences: (_root, { input }, context) => {
    const { userId } = requireViewer(context);
    return context.db.transaction((tx) => updateNotificationPreferences(tx, userId, input.preferences));
  },

  async markNotificationsRead(_root, { input }, context) {
    const { userId } = requireViewer(context);
    return {
      unreadCount: await context.db.transaction((tx) => markNotificationsRead(tx, userId, input.upTo)),
    };
  },
};
