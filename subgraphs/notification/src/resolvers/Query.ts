import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { notificationPreferences } from '../domain/list-notification-preferences.ts';
import { notifications } from '../domain/list-notifications.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  notifications: (_root, args, context) => notifications(context, args),
  notificationPreferences: (_root, _args, context) =>
    notificationPreferences(context.db.prisma, requireViewer(context).userId),
};
