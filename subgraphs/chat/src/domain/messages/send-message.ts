import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { badUserInput, forbidden, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { checkText } from '@socialhub/platform/text/check-text';
import type { SendMessageInput } from '../../generated/resolvers.ts';
import type { Reader, Tx } from '../../store/client.ts';
import { appendEvents } from '../../store/events/member-events.ts';
import { noteMessage } from '../../store/members/members.ts';
import { isCutOff } from '../../store/members/people.ts';
import { findMessageSeenBy, insertMessage } from '../../store/messages/messages.ts';

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

/** What a message says: it may say nothing when it has media. Throws BAD_USER_INPUT. */
export const checkMessageText = (text: string, mediaIds: readonly string[] | null | undefined): string =>
  checkText('input.text', text, { max: maxText, min: mediaIds?.length ? 0 : 1 });

/**
 * Checks what needs no look into the database, once the viewer is known to be a member of the conversation: others have
 * no work done for them. Throws BAD_USER_INPUT naming the field.
 */
export function checkMessage(input: SendMessageInput): Omit<NewMessage, 'mediaIds'> {
  return {
    conversationId: input.conversationId,
    text: checkMessageText(input.text, input.mediaIds),
    replyToId: input.replyToId ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}

/** Throws BAD_USER_INPUT when the message answers one that the viewer does not see in its conversation. */
export async function checkReply(
  reader: Reader,
  { userId: viewerId }: Viewer,
  { replyToId: id, conversationId }: Omit<NewMessage, 'mediaIds'>,
): Promise<void> {
  const answered = id ? await findMessageSeenBy(reader, id, viewerId) : null;
  if (id && answered?.conversationId !== conversationId) {
    throw badUserInput('input.replyToId', 'is no message of this conversation');
  }
}

/**
 * Puts the message at the end of its conversation and gives its id. Members learn of it by an event. Throws
 * NOT_FOUND when the viewer is no member, FORBIDDEN when the other one of two is not active or either blocks the other.
 */
export async function sendMessage(tx: Tx, viewer: Viewer, message: NewMessage): Promise<string> {
  const { idempotencyKey, ...content } = message;
  const { conversationId } = content;
  const senderId = viewer.userId;
  const call = { viewerId: senderId, operation: 'sendMessage', key: idempotencyKey };
  return runIdempotent(tx, call, async () => {
    const id = uuidv7();
    const sentAt = await insertMessage(tx, { id, senderId, ...content });
    const memberIds = sentAt ? await noteMessage(tx, conversationId, senderId, sentAt) : [];
    // Asked under the lock, as late as can be; throwing takes the message back.
    if (!memberIds.includes(senderId)) throw notFound('Conversation');
    if (await isCutOff(tx, conversationId, senderId)) throw forbidden('This person can’t be written to');
    const event = { kind: 'MESSAGE_SENT', conversationId, messageId: id, actorId: senderId } as const;
    await appendEvents(tx, memberIds, event);
    return id;
  });
}
