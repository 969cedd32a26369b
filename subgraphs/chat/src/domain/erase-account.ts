import { erasedUserId } from '@socialhub/platform/ids';
import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import { eraseBlocks } from '@socialhub/platform/replicas/blocks';
import { eraseReadyMedia } from '@socialhub/platform/replicas/ready-media';
import type { Client, Tx } from '../store/client.ts';
import { deleteConversations } from '../store/conversations/conversations.ts';
import { eraseEvents, eraseMemberships, eraseMessages, erasePerson, eraseReactions } from '../store/erase.ts';
import { appendEvents } from '../store/events/member-events.ts';
import { passOnAdmin } from '../store/members/members.ts';

/** What this service keeps of a person. */
export const eraseAccount = erasureTask<Client>('chat', [
  { what: 'messages', erase: eraseMessages },
  { what: 'reactions', erase: eraseReactions },
  { what: 'memberships', erase: leaveConversations },
  { what: 'events', erase: eraseEvents },
  { what: 'blocks', erase: eraseBlocks },
  { what: 'readyMedia', erase: eraseReadyMedia },
  { what: 'people', erase: erasePerson },
]);

/** The others see them leave, and what they wrote gone when they look; a conversation without others goes too. */
async function leaveConversations(tx: Tx, userId: string, limit: number): Promise<number> {
  const left = await eraseMemberships(tx, userId, limit);
  await deleteConversations(
    tx,
    left.filter(({ memberIds }) => memberIds.length === 0).map(({ conversationId }) => conversationId),
  );
  const passedOn = await passOnAdmin(
    tx,
    left.map(({ conversationId }) => conversationId),
  );
  for (const { conversationId, memberIds } of left) {
    if (memberIds.length === 0) continue;
    const event = { conversationId, messageId: null, actorId: erasedUserId };
    await appendEvents(tx, memberIds, { kind: 'MEMBER_LEFT', ...event });
    if (passedOn.includes(conversationId))
      await appendEvents(tx, memberIds, { kind: 'CONVERSATION_CHANGED', ...event });
  }
  return left.length;
}
