import { erasedUserId } from '@socialhub/platform/ids';
import { findMessage, requireConversation } from '../domain/conversations/find-conversation.ts';
import type { MessageResolvers } from '../generated/resolvers.ts';

export const Message: MessageResolvers = {
  __resolveReference: ({ id }, { loaders }) => findMessage(loaders, id),
  conversation: ({ conversationId }, _args, { loaders }) => requireConversation(loaders, conversationId),
  sender: ({ senderId }) => (senderId === erasedUserId ? null : { id: senderId }),
  media: ({ mediaIds }) => mediaIds.map((id) => ({ id })),
  replyTo: ({ replyToId }, _args, { loaders }) => (replyToId ? findMessage(loaders, replyToId) : null),
  reactions: ({ id }, _args, { loaders }) => loaders.reactionCounts.load(id),
  viewerReactions: ({ id }, _args, { loaders }) => loaders.viewerReactions.load(id),
};
