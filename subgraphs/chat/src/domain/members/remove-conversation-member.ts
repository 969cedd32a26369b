import type { Viewer } from '@socialhub/platform/identity/identity';
import type { RemoveConversationMemberInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { lockGroupAsAdmin } from '../conversations/lock-group.ts';
import { leaveConversation } from './leave-conversation.ts';
import { takeOutMember } from './take-out-member.ts';

/**
 * Somebody is not in the group afterwards, and hears no more of it; gives its id. For admins, and for anybody who takes
 * themselves out. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT.
 */
export async function removeConversationMember(
  tx: Tx,
  viewer: Viewer,
  { conversationId, userId }: RemoveConversationMemberInput,
): Promise<string> {
  if (userId === viewer.userId) return leaveConversation(tx, viewer, conversationId);
  await lockGroupAsAdmin(tx, viewer, conversationId);
  await takeOutMember(tx, { conversationId, userId, actorId: viewer.userId });
  return conversationId;
}
