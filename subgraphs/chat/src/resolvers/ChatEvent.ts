import { erasedUserId } from '@socialhub/platform/ids';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { eventCursor, findEventMessage } from '../domain/events/watch-chat.ts';
import type { ChatEventResolvers } from '../generated/resolvers.ts';

export const ChatEvent: ChatEventResolvers = {
  cursor: (event, _args, context) => eventCursor(requireViewer(context).userId, event),
  conversation: (event, _args, { loaders }) => loaders.conversation.load(event.conversationId),
  message: (event, _args, { loaders }) => findEventMessage(loaders, event),
  actor: ({ actorId }) => (actorId === null || actorId === erasedUserId ? null : { id: actorId }),
};
