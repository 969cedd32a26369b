import { erasedUserId } from '@socialhub/platform/ids';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { findMessage } from '../domain/find-conversation.ts';
import { eventCursor } from '../domain/watch-chat.ts';
import type { ChatEventResolvers } from '../generated/resolvers.ts';

export const ChatEvent: ChatEventResolvers = {
  cursor: (event, _args, context) => eventCursor(requireViewer(context).userId, event),
  conversation: (event, _args, { loaders }) => loaders.conversation.load(event.conversationId),
  message: ({ messageId }, _args, { loaders }) => (messageId ? findMessage(loaders, messageId) : null),
  actor: ({ actorId }) => (actorId === erasedUserId ? null : { id: actorId }),
};
