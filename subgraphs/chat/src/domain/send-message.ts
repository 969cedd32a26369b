import { badUserInput, notFound } from '@socialhub/platform/errors';
import { once } from '@socialhub/platform/idempotency';
import type { Viewer } from '@socialhub/platform/identity';
import { parseId, uuidv7 } from '@socialhub/platform/ids';
import { checkText } from '@socialhub/platform/text';
import type { SendMessageInput } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import { lockConversation } from '../store/conversations.ts';
import { appendEvents } from '../store/member-events.ts';
import { listMemberIds, noteMessage } from '../store/members.ts';
import { insertMessage, isMessageOf } from '../store/messages.ts';

const maxText = 5_000;

/** A message, checked as far as that needs no lock. */
export interface NewMessage {
  conversationId: string;
  text: string;
  /** Media of the sender's own that are ready. */
  mediaIds: string[];
  replyToId: string | null;
  idempotencyKey: string | null;
}

/** Checks what needs no look into the database. Throws BAD_USER_INPUT naming the field. */
export function checkMessage(input: SendMessageInput): Omit<NewMessage, 'mediaIds'> {
  return {
    conversationId: parseId('input.conversationId', input.conversationId),
    text: checkText('input.text', input.text, { max: maxText, min: input.mediaIds?.length ? 0 : 1 }),
    replyToId: input.replyToId ? parseId('input.replyToId', input.replyToId) : null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}

/**
 * Puts the message at the end of its conversation and gives its id. Members learn of it by an event. Throws
 * NOT_FOUND when the viewer is no member, BAD_USER_INPUT for a reply to what is not in the conversation.
 */
export async function sendMessage(tx: Tx, viewer: Viewer, message: NewMessage): Promise<string> {
  const { conversationId, text, mediaIds, replyToId } = message;
  const senderId = viewer.userId;
  const call = { viewerId: senderId, operation: 'sendMessage', key: message.idempotencyKey };
  return once(tx, call, async () => {
    const conversation = await lockConversation(tx, conversationId, senderId);
    if (!conversation) throw notFound('Conversation');
    if (replyToId && !(await isMessageOf(tx, replyToId, conversationId))) {
      throw badUserInput('input.replyToId', 'is no message of this conversation');
    }
    const id = uuidv7();
    const sentAt = await insertMessage(tx, { id, conversationId, senderId, text, mediaIds, replyToId });
    await noteMessage(tx, conversationId, senderId, sentAt);
    const memberIds = await listMemberIds(tx, conversationId);
    await appendEvents(tx, memberIds, {
      kind: 'MESSAGE_SENT',
      conversationId,
      messageId: id,
      actorId: senderId,
    });
    return id;
  });
}
