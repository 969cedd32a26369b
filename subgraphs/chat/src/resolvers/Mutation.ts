import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkOwnMedia } from '@socialhub/platform/replicas/own-media';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { requireConversation, requireMessage } from '../domain/conversations/find-conversation.ts';
import { markConversationRead } from '../domain/conversations/mark-conversation-read.ts';
import { startConversation } from '../domain/conversations/start-conversation.ts';
import { updateConversation } from '../domain/conversations/update-conversation.ts';
import { addConversationMembers } from '../domain/members/add-conversation-members.ts';
import { checkMembers } from '../domain/members/check-members.ts';
import { leaveConversation } from '../domain/members/leave-conversation.ts';
import { removeConversationMember } from '../domain/members/remove-conversation-member.ts';
import { setConversationAdmin } from '../domain/members/set-conversation-admin.ts';
import { deleteMessage } from '../domain/messages/delete-message.ts';
import { editMessage } from '../domain/messages/edit-message.ts';
import { checkMessage, checkReply, sendMessage } from '../domain/messages/send-message.ts';
import { reactToMessage } from '../domain/reactions/react-to-message.ts';
import { removeMessageReaction } from '../domain/reactions/remove-message-reaction.ts';
import { setTyping } from '../domain/typing/set-typing.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';

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
    await checkReply(context.db.prisma, viewer, message);
    const { userId: viewerId } = viewer;
    const { arrivedAt } = context;
    const mediaIds = await checkOwnMedia(context.db.prisma, { viewerId, arrivedAt }, input.mediaIds);
    const id = await context.db.transaction((tx) => sendMessage(tx, viewer, { ...message, mediaIds }));
    context.loaders.forget();
    return { message: await requireMessage(context.loaders, id) };
  },
  editMessage: (_root, { input }, context) =>
    changedMessage(context, (tx, viewer) => editMessage(tx, viewer, input)),
  reactToMessage: (_root, { input }, context) =>
    changedMessage(context, (tx, viewer) => reactToMessage(tx, viewer, input)),
  removeMessageReaction: (_root, { input }, context) =>
    changedMessage(context, (tx, viewer) => removeMessageReaction(tx, viewer, input)),
  deleteMessage: async (_root, { input }, context) => ({
    deletedId: await change(context, (tx, viewer) => deleteMessage(tx, viewer, input.messageId)),
  }),
  updateConversation: (_root, { input }, context) =>
    changedConversation(context, (tx, viewer) => updateConversation(tx, viewer, input)),
  async addConversationMembers(_root, { input }, context) {
    const { conversationId, memberIds } = input;
    const otherIds = await checkMembers(context.db.prisma, requireViewer(context), memberIds);
    return changedConversation(context, (tx, viewer) =>
      addConversationMembers(tx, viewer, { conversationId, otherIds }),
    );
  },
  removeConversationMember: async (_root, { input }, context) => ({
    conversation: await context.loaders.conversation.load(
      await change(context, (tx, viewer) => removeConversationMember(tx, viewer, input)),
    ),
  }),
  leaveConversation: async (_root, { input }, context) => ({
    leftId: await change(context, (tx, viewer) => leaveConversation(tx, viewer, input.conversationId)),
  }),
  setConversationAdmin: (_root, { input }, context) =>
    changedConversation(context, (tx, viewer) => setConversationAdmin(tx, viewer, input)),
  async markConversationRead(_root, { input }, context) {
    await change(context, (tx, viewer) => markConversationRead(tx, viewer, input));
    return { conversation: await requireConversation(context.loaders, input.conversationId) };
  },
  async setTyping(_root, { input }, context) {
    const viewer = requireViewer(context);
    const conversation = await requireConversation(context.loaders, input.conversationId);
    await setTyping(context, viewer, conversation, input.isTyping ?? true);
    return { conversation };
  },
};

/** Runs a change in one transaction, and gives what it gave. */
async function change<T>(context: Context, make: (tx: Tx, viewer: Viewer) => Promise<T>): Promise<T> {
  const viewer = requireViewer(context);
  const given = await context.db.transaction((tx) => make(tx, viewer));
  context.loaders.forget();
  return given;
}

const changedConversation = async (context: Context, make: (tx: Tx, viewer: Viewer) => Promise<string>) => ({
  conversation: await requireConversation(context.loaders, await change(context, make)),
});

const changedMessage = async (context: Context, make: (tx: Tx, viewer: Viewer) => Promise<string>) => ({
  message: await requireMessage(context.loaders, await change(context, make)),
});
