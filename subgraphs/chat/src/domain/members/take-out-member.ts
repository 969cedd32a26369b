import type { Tx } from '../../store/client.ts';
import { deleteConversations } from '../../store/conversations/conversations.ts';
import { appendEvents } from '../../store/events/member-events.ts';
import { deleteMember, listMemberIds, passOnAdmin } from '../../store/members/members.ts';

/**
 * Takes somebody out of a group whose lock the caller holds; those who stay hear of it, and as the last of it who is gone, on all of
 * their devices. Somebody is its admin afterwards, and without anybody it is gone. Who is no member changes nothing.
 */
export async function takeOutMember(
  tx: Tx,
  { conversationId, userId, actorId }: { conversationId: string; userId: string; actorId: string },
): Promise<void> {
  if (!(await deleteMember(tx, conversationId, userId))) return;
  const memberIds = await listMemberIds(tx, conversationId);
  if (memberIds.length === 0) await deleteConversations(tx, [conversationId]);
  const event = { conversationId, messageId: null, actorId };
  const isPassedOn = (await passOnAdmin(tx, [conversationId])).length > 0;
  await appendEvents(tx, [...memberIds, userId], { kind: 'MEMBER_LEFT', ...event }, userId);
  if (isPassedOn) await appendEvents(tx, memberIds, { kind: 'CONVERSATION_CHANGED', ...event });
}
