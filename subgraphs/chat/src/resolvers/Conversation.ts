import { listMembers } from '../domain/list-members.ts';
import { listMessages } from '../domain/list-messages.ts';
import type { ConversationResolvers } from '../generated/resolvers.ts';

export const Conversation: ConversationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.conversation.load(id),
  members: ({ id }, args, context) => listMembers(context, id, args),
  lastMessage: ({ id }, _args, { loaders }) => loaders.lastMessage.load(id),
  messages: (conversation, args, context) => listMessages(context, conversation, args),
};
