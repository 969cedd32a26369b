import { pageMembers } from '../domain/page-members.ts';
import { pageMessages } from '../domain/page-messages.ts';
import type { ConversationResolvers } from '../generated/resolvers.ts';

export const Conversation: ConversationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.conversation.load(id),
  members: ({ id }, args, context) => pageMembers(context, id, args),
  lastMessage: ({ id }, _args, { loaders }) => loaders.lastMessage.load(id),
  messages: (conversation, args, context) => pageMessages(context, conversation, args),
};
