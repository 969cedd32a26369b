import { watchChat } from '../domain/events/watch-chat.ts';
import { type Typing, watchTyping } from '../domain/typing/watch-typing.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';
import type { MemberEventRow } from '../store/events/member-events.ts';

export const Subscription: SubscriptionResolvers = {
  chatEvents: {
    subscribe: (_root, { after }, context) => watchChat(context, after),
    resolve: (event: MemberEventRow) => event,
  },
  typing: {
    subscribe: (_root, { conversationId }, context) => watchTyping(context, conversationId),
    resolve: (typing: Typing) => typing,
  },
};
