import { checkOwnMedia } from '@socialhub/platform/replicas/own-media';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { checkMembers } from '../domain/check-members.ts';
import { requireConversation, requireMessage } from '../domain/find-conversation.ts';
import { markConversationRead } from '../domain/mark-conversation-read.ts';
import { checkMessage, checkReply, sendMessage } from '../domain/send-message.ts';
import { startConversation } from '../domain/start-conversation.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  async startConversation(_root, { input }, context) {
    const viewer = requireViewer(context);
    const otherIds = await checkMembers(context.db.prisma, viewer, input.memberIds);
    const id = await context.db.transaction((tx) => startConversation(tx, viewer, { ...input, otherIds }));
    return { conversation: await requireConversation(context.loaders, id) };
  },
  async sendMessage(_root, { input }, context) {
    const viewer = requireViewer(context);
    // Before anything is read or waited for: who is no member learns nothing and keeps nobody busy.
    await requireConversation(context.loaders, input.conversationId);
    const message = checkMessage(input);
    await checkReply(context.db.prisma, message);
    const { userId: viewerId } = viewer;
    const { arrivedAt } = context;
    const mediaIds = await checkOwnMedia(context.db.prisma, { viewerId, arrivedAt }, input.mediaIds);
    const id = await context.db.transaction((tx) => sendMessage(tx, viewer, { ...message, mediaIds }));
    context.loaders.conversation.clearAll();
    return { message: await requireMessage(context.loaders, id) };
  },
  async markConversationRead(_root, { input }, context) {
    const viewer = requireViewer(context);
    await context.db.transaction((tx) => markConversationRead(tx, viewer, input));
    return { conversation: await requireConversation(context.loaders, input.conversationId) };
  },
};
