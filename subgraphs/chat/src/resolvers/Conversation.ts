import { findLastMessage } from '../domain/conversations/find-conversation.ts';
import { listMembers } from '../domain/members/list-members.ts';
import { listMessages } from '../domain/messages/list-messages.ts';
import type { ConversationResolvers } from '../generated/resolvers.ts';

export const Conversation: ConversationResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.conversation.load(id),
  members: ({ id }, args, context) => listMembers(context, id, args),
  lastMessage: (conversation, _args, { loaders }) => findLastMessage(loaders, conversation),
  messages: (conversation, args, context) => listMessages(context, conversation, args),
};
