import { notFound } from '@socialhub/platform/errors';
import type { ConversationRow } from '../../store/conversations/conversations.ts';
import type { Loaders } from '../../store/loaders.ts';
import type { MessageRow } from '../../store/messages/messages.ts';

/** A conversation of the viewer's. Throws NOT_FOUND for any other. */
export async function requireConversation(loaders: Loaders, id: string): Promise<ConversationRow> {
  const conversation = await loaders.conversation.load(id);
  if (!conversation) throw notFound('Conversation');
  return conversation;
}

/** A message in a conversation of the viewer's, from after they came in; null for any other. */
export async function findMessage(loaders: Loaders, id: string): Promise<MessageRow | null> {
  const message = await loaders.message.load(id);
  const conversation = message && (await loaders.conversation.load(message.conversationId));
  return conversation && message.seq > conversation.joinedAtSeq ? message : null;
}

/** The last message that the viewer sees of their conversation. */
export const findLastMessage = async (
  loaders: Loaders,
  { id, lastSeq, joinedAtSeq }: ConversationRow,
): Promise<MessageRow | null> => (lastSeq > joinedAtSeq ? loaders.lastMessage.load(id) : null);

/** A message by an id that the viewer has from a conversation of theirs. Throws NOT_FOUND. */
export async function requireMessage(loaders: Loaders, id: string): Promise<MessageRow> {
  const message = await loaders.message.load(id);
  if (!message) throw notFound('Message');
  return message;
}
