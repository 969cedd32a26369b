import { forbidden, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { EditMessageInput } from '../../generated/resolvers.ts';
import type { Tx } from '../../store/client.ts';
import { isCutOff } from '../../store/members/people.ts';
import { updateMessageText } from '../../store/messages/messages.ts';
import { lockOwnMessage, requireOwnMessage, tellOfMessage } from './own-message.ts';
import { checkMessageText } from './send-message.ts';

/**
 * Gives a message of the viewer's own another text, and its id; members learn of it by an event. The same text again is no
 * edit. Throws NOT_FOUND, also for a deleted one, BAD_USER_INPUT, and FORBIDDEN where the viewer could not write it anew.
 */
export async function editMessage(tx: Tx, viewer: Viewer, input: EditMessageInput): Promise<string> {
  const found = await requireOwnMessage(tx, viewer, input.messageId);
  // Before the lock, for which others wait.
  const text = checkMessageText(input.text, found.mediaIds);
  const message = await lockOwnMessage(tx, viewer, found);
  if (message.deletedAt) throw notFound('Message');
  if (await isCutOff(tx, message.conversationId, viewer.userId)) {
    throw forbidden('This person can’t be written to');
  }
  if (message.text === text) return message.id;
  await updateMessageText(tx, message.id, text);
  await tellOfMessage(tx, viewer, message, 'MESSAGE_EDITED');
  return message.id;
}
