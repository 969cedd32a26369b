import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { emptyMessage } from '../../store/messages/messages.ts';
import { deleteReactionsTo } from '../../store/reactions/reactions.ts';
import { lockOwnMessage, requireOwnMessage, tellOfMessage } from './own-message.ts';

/**
 * Takes a message of the viewer's own away and gives its id; members learn of it by an event. Its place stays, so that seqs
 * have no gap and nobody's unread count changes. Again it changes nothing. Throws NOT_FOUND.
 */
export async function deleteMessage(tx: Tx, viewer: Viewer, messageId: string): Promise<string> {
  const message = await lockOwnMessage(tx, viewer, await requireOwnMessage(tx, viewer, messageId));
  if (message.deletedAt) return message.id;
  await emptyMessage(tx, message.id);
  await deleteReactionsTo(tx, message.id);
  await tellOfMessage(tx, viewer, message, 'MESSAGE_DELETED');
  return message.id;
}
