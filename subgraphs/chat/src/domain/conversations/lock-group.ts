import { badUserInput, forbidden, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { type LockedConversation, lockConversation } from '../../store/conversations/conversations.ts';
import { appendEvents, type MemberEventRow } from '../../store/events/member-events.ts';
import { listMemberIds } from '../../store/members/members.ts';

/**
 * A group of the viewer's, which nobody else changes until `tx` ends; null when they are no member. Throws BAD_USER_INPUT
 * for a conversation of two, which stays as it is.
 */
export async function lockGroup(tx: Tx, { userId }: Viewer, id: string): Promise<LockedConversation | null> {
  const conversation = await lockConversation(tx, id, userId);
  if (conversation?.kind === 'DIRECT')
    throw badUserInput('input.conversationId', 'is between two people, not a group');
  return conversation;
}

/** The same of one that the viewer may change. Throws NOT_FOUND to who is no member, FORBIDDEN to who is no admin. */
export async function lockGroupAsAdmin(tx: Tx, viewer: Viewer, id: string): Promise<LockedConversation> {
  const group = await lockGroup(tx, viewer, id);
  if (!group) throw notFound('Conversation');
  if (!group.isAdmin) throw forbidden('Only admins of the group may do this');
  return group;
}

/** Whoever is a member now hears what happened to their group. */
export async function tellOfGroup(
  tx: Tx,
  actorId: string,
  conversationId: string,
  kind: MemberEventRow['kind'],
): Promise<void> {
  await appendEvents(tx, await listMemberIds(tx, conversationId), {
    kind,
    conversationId,
    messageId: null,
    actorId,
  });
}
