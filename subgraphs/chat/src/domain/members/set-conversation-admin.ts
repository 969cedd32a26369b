import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { SetConversationAdminInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { listMembers, updateAdmin } from '../../store/members/members.ts';
import { lockGroupAsAdmin, tellOfGroup } from '../conversations/lock-group.ts';

/**
 * Makes a member an admin of the group or no admin any more, and gives its id. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT
 * when no admin would be left.
 */
export async function setConversationAdmin(
  tx: Tx,
  viewer: Viewer,
  input: SetConversationAdminInput,
): Promise<string> {
  const { conversationId, userId, isAdmin } = input;
  await lockGroupAsAdmin(tx, viewer, conversationId);
  const members = await listMembers(tx, [conversationId]);
  if (!members.some((member) => member.userId === userId)) throw notFound('User');
  if (!isAdmin && !members.some((member) => member.isAdmin && member.userId !== userId)) {
    throw badUserInput('input.isAdmin', 'would leave the group without an admin');
  }
  if (await updateAdmin(tx, { conversationId, userId, isAdmin })) {
    await tellOfGroup(tx, viewer.userId, conversationId, 'CONVERSATION_CHANGED');
  }
  return conversationId;
}
