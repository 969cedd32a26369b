import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { lockGroup } from '../conversations/lock-group.ts';
import { takeOutMember } from './take-out-member.ts';

/** The viewer is not in this group afterwards, and hears no more of it; gives its id. Throws BAD_USER_INPUT for one of two. */
export async function leaveConversation(tx: Tx, viewer: Viewer, conversationId: string): Promise<string> {
  const { userId } = viewer;
  if (await lockGroup(tx, viewer, conversationId)) {
    await takeOutMember(tx, { conversationId, userId, actorId: userId });
  }
  return conversationId;
}
