import { watchHomeTimeline } from '../domain/watch-home-timeline.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: SubscriptionResolvers = {
  homeTimelinePosts: { subscribe: (_root, _args, context) => watchHomeTimeline(context) },
};
