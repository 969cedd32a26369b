import { type ChatEventRow, watchChat } from '../domain/events/watch-chat.ts';
import { type Typing, watchTyping } from '../domain/typing/watch-typing.ts';
import type { SubscriptionResolvers } from '../generated/resolvers.ts';

export const Subscription: SubscriptionResolvers = {
  chatEvents: {
    subscribe: (_root, { after }, context) => watchChat(context, after),
    resolve: (event: ChatEventRow) => event,
  },
  typing: {
    subscribe: (_root, { conversationId }, context) => watchTyping(context, conversationId),
    resolve: (typing: Typing) => typing,
  },
};
