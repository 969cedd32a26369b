import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { insertLaterMembers, listMemberIds } from '../../store/members/members.ts';
import { isAnyBlocked } from '../../store/members/people.ts';
import { lockGroupAsAdmin, tellOfGroup } from '../conversations/lock-group.ts';
import { maxMembers } from './check-members.ts';

/**
 * Takes people whom `checkMembers` has found into a group of which the viewer is an admin, and gives its id. They see what is
 * written from now on. Throws NOT_FOUND, also when somebody would meet whom they block or are blocked by, FORBIDDEN,
 * BAD_USER_INPUT.
 */
export async function addConversationMembers(
  tx: Tx,
  viewer: Viewer,
  { conversationId, otherIds }: { conversationId: string; otherIds: readonly string[] },
): Promise<string> {
  await lockGroupAsAdmin(tx, viewer, conversationId);
  const memberIds = await listMemberIds(tx, conversationId);
  const joiningIds = otherIds.filter((id) => !memberIds.includes(id));
  if (joiningIds.length === 0) return conversationId;
  if (memberIds.length + joiningIds.length > maxMembers) {
    throw badUserInput('input.memberIds', `would make more than ${maxMembers} members`);
  }
  if (await isAnyBlocked(tx, joiningIds, [...memberIds, ...joiningIds])) throw notFound('User');
  await insertLaterMembers(tx, conversationId, joiningIds);
  await tellOfGroup(tx, viewer.userId, conversationId, 'MEMBER_JOINED');
  return conversationId;
}
