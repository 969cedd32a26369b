import { nobody } from '@socialhub/platform/ids';
import { requireConversation } from '../domain/find-conversation.ts';
import type { MessageResolvers } from '../generated/resolvers.ts';

export const Message: MessageResolvers = {
  conversation: ({ conversationId }, _args, { loaders }) =>
    requireConversation(loaders, 'id', conversationId),
  sender: ({ senderId }) => (senderId === nobody ? null : { id: senderId }),
  media: ({ mediaIds }) => mediaIds.map((id) => ({ id })),
  replyTo: ({ replyToId }, _args, { loaders }) => (replyToId ? loaders.message.load(replyToId) : null),
  reactions: () => [],
  viewerReactions: () => [],
};
