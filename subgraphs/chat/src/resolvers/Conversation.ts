import { pageMessages } from '../domain/page-messages.ts';
import type { ConversationResolvers } from '../generated/resolvers.ts';

export const Conversation: ConversationResolvers = {
  members: ({ id }, _args, { loaders }) => loaders.members.load(id),
  lastMessage: ({ id }, _args, { loaders }) => loaders.lastMessage.load(id),
  messages: (conversation, args, context) => pageMessages(context, conversation, args),
};
