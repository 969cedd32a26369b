import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { listConversations } from '../domain/conversations/list-conversations.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  conversations: (_root, args, context) => listConversations(context.db.prisma, requireViewer(context), args),
  conversation(_root, { id }, context) {
    requireViewer(context);
    return context.loaders.conversation.load(id);
  },
};
