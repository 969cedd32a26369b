import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { markNotificationsRead } from '../domain/mark-notifications-read.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async markNotificationsRead(_root, { input }, context) {
    const { userId } = requireViewer(context);
    return {
      unreadCount: await context.db.transaction((tx) => markNotificationsRead(tx, userId, input.upTo)),
    };
  },
};
