import { notFound } from '@socialhub/platform/errors';
import { parseId } from '@socialhub/platform/ids';
import type { ConversationRow } from '../store/conversations.ts';
import type { Loaders } from '../store/loaders.ts';
import type { MessageRow } from '../store/messages.ts';

/** A conversation of the viewer's. Throws NOT_FOUND for any other, BAD_USER_INPUT naming `field` for what is no id. */
export async function requireConversation(
  loaders: Loaders,
  field: string,
  id: string,
): Promise<ConversationRow> {
  const conversation = await loaders.conversation.load(parseId(field, id));
  if (!conversation) throw notFound('Conversation');
  return conversation;
}

/** A message by an id that the viewer has from a conversation of theirs. Throws NOT_FOUND. */
export async function requireMessage(loaders: Loaders, id: string): Promise<MessageRow> {
  const message = await loaders.message.load(id);
  if (!message) throw notFound('Message');
  return message;
}
