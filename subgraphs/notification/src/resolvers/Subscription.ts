import { watchNotifications } from '../domain/watch-notifications.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: SubscriptionResolvers = {
  notificationReceived: { subscribe: (_root, { after }, context) => watchNotifications(context, after) },
};
