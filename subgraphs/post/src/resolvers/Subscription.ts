import { watchHomeTimeline } from '../domain/timelines/watch-home-timeline.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: SubscriptionResolvers = {
  homeTimelineEvents: { subscribe: (_root, { after }, context) => watchHomeTimeline(context, after) },
};
