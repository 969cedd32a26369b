import { nobody } from '@socialhub/platform/ids';
import { requireViewer } from '@socialhub/platform/subgraph-context';
import { requireConversation } from '../domain/find-conversation.ts';
import { eventCursor } from '../domain/watch-chat.ts';
import type { ChatEventResolvers } from '../generated/resolvers.ts';

export const ChatEvent: ChatEventResolvers = {
  cursor: (event, _args, context) => eventCursor(requireViewer(context).userId, event),
  conversation: (event, _args, { loaders }) => requireConversation(loaders, 'id', event.conversationId),
  message: ({ messageId }, _args, { loaders }) => (messageId ? loaders.message.load(messageId) : null),
  actor: ({ actorId }) => (actorId === nobody ? null : { id: actorId }),
};
