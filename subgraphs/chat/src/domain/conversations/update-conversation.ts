import type { Viewer } from '@socialhub/platform/identity/identity';
import type { UpdateConversationInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { updateTitle } from '../../store/conversations/conversations.ts';
import { lockGroupAsAdmin, tellOfGroup } from './lock-group.ts';
import { checkTitle } from './start-conversation.ts';

/** Gives a group another title, or none; gives its id. Throws NOT_FOUND, FORBIDDEN, BAD_USER_INPUT. */
export async function updateConversation(
  tx: Tx,
  viewer: Viewer,
  input: UpdateConversationInput,
): Promise<string> {
  const title = input.title === undefined ? undefined : checkTitle(input.title);
  const group = await lockGroupAsAdmin(tx, viewer, input.conversationId);
  if (title === undefined || title === group.title) return group.id;
  await updateTitle(tx, group.id, title);
  await tellOfGroup(tx, viewer.userId, group.id, 'CONVERSATION_CHANGED');
  return group.id;
}
