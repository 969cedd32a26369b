import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { lockConversation } from '../../store/conversations/conversations.ts';
import { appendEvents } from '../../store/events/member-events.ts';
import { listReaderIds } from '../../store/members/members.ts';
import { findOwnMessage, findOwnMessageForUpdate, type MessageRow } from '../../store/messages/messages.ts';

/** A message of the viewer's own where they are a member still, deleted or not. Throws NOT_FOUND. */
export async function requireOwnMessage(tx: Tx, { userId }: Viewer, id: string): Promise<MessageRow> {
  const message = await findOwnMessage(tx, id, userId);
  if (!message) throw notFound('Message');
  return message;
}

/** The same as it is now that nobody else changes it or its conversation, until `tx` ends. Throws NOT_FOUND. */
export async function lockOwnMessage(tx: Tx, { userId }: Viewer, found: MessageRow): Promise<MessageRow> {
  await lockConversation(tx, found.conversationId, userId);
  const message = await findOwnMessageForUpdate(tx, found.id, userId);
  if (!message) throw notFound('Message');
  return message;
}

/** Members who see a message hear what the viewer has done to it. */
export async function tellOfMessage(
  tx: Tx,
  { userId: actorId }: Viewer,
  { id: messageId, conversationId, seq }: MessageRow,
  kind: 'MESSAGE_EDITED' | 'MESSAGE_DELETED' | 'REACTION_CHANGED',
): Promise<void> {
  await appendEvents(tx, await listReaderIds(tx, { conversationId, seq }), {
    kind,
    conversationId,
    messageId,
    actorId,
  });
}
