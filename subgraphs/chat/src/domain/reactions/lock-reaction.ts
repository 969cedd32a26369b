import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkEmoji } from '@socialhub/platform/text/check-emoji';
import type { Tx } from '../../store/client.ts';
import { lockConversation } from '../../store/conversations/conversations.ts';
import { findMessageSeenBy, type MessageRow } from '../../store/messages/messages.ts';
import type { Reaction } from '../../store/reactions/reactions.ts';

/**
 * A reaction of the viewer's, there or not, to a message that they see: nobody changes anything in its conversation until the
 * transaction ends. Throws BAD_USER_INPUT for what is no emoji, NOT_FOUND, also for a deleted one.
 */
export async function lockReaction(
  tx: Tx,
  { userId }: Viewer,
  { messageId, emoji }: { messageId: string; emoji: string },
): Promise<{ reaction: Reaction; message: MessageRow }> {
  const reaction = { messageId, userId, emoji: checkEmoji('input.emoji', emoji) };
  const found = await findMessageSeenBy(tx, messageId, userId);
  if (found) await lockConversation(tx, found.conversationId, userId);
  const message = found && (await findMessageSeenBy(tx, messageId, userId));
  if (!message || message.deletedAt) throw notFound('Message');
  return { reaction, message };
}
