import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { lockConversation } from '../../store/conversations/conversations.ts';
import { appendEvents } from '../../store/events/member-events.ts';
import { advanceReadUpTo, listMemberIds } from '../../store/members/members.ts';

/**
 * The viewer has read up to and including `upToSeq`; members learn of it by an event. A seq that was read before
 * changes nothing. Throws NOT_FOUND when the viewer is no member, BAD_USER_INPUT for a seq that no message has.
 */
export async function markConversationRead(
  tx: Tx,
  viewer: Viewer,
  { conversationId, upToSeq }: { conversationId: string; upToSeq: number },
): Promise<void> {
  const conversation = await lockConversation(tx, conversationId, viewer.userId);
  if (!conversation) throw notFound('Conversation');
  if (upToSeq < 0 || upToSeq > conversation.lastSeq) {
    throw badUserInput('input.upToSeq', `must be from 0 to ${conversation.lastSeq}, the last message's seq`);
  }
  if (upToSeq <= conversation.readUpTo) return;
  await advanceReadUpTo(tx, conversationId, viewer.userId, upToSeq);
  const memberIds = await listMemberIds(tx, conversationId);
  await appendEvents(tx, memberIds, {
    kind: 'READ',
    conversationId,
    messageId: null,
    actorId: viewer.userId,
  });
}
