import { mediaLeftOf } from '@socialhub/platform/replicas/ready-media';
import { Prisma } from '../generated/prisma/client.ts';
import type { Reader } from './client.ts';

/** A conversation that somebody is in. */
export interface ExportedConversation {
  id: string;
}

export const listConversationsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedConversation[]> =>
  // Whose they are is found first: to give them in order, all conversations would be gone through.
  reader.$queryRaw<ExportedConversation[]>`
    WITH theirs AS MATERIALIZED (
      SELECT conversation_id, joined_at, joined_at_seq, is_admin, read_up_to FROM conversation_members WHERE user_id = ${userId}::uuid
    ), page AS MATERIALIZED (
      SELECT * FROM theirs WHERE conversation_id > ${after ?? firstId}::uuid ORDER BY conversation_id LIMIT ${limit}
    )
    SELECT c.id, c.kind::text AS kind, c.title, c.created_at AS "createdAt", page.joined_at AS "joinedAt",
      page.joined_at_seq AS "joinedAtSeq", page.is_admin AS "isAdmin", page.read_up_to AS "readUpTo",
      ARRAY(SELECT user_id::text FROM conversation_members WHERE conversation_id = c.id ORDER BY 1) AS "memberIds"
    FROM page JOIN conversations c ON c.id = page.conversation_id
    ORDER BY c.id`;

const firstId = '00000000-0000-0000-0000-000000000000';

/** What they wrote, in whichever conversation; what others wrote is theirs. */
export const listMessagesForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT id, conversation_id AS "conversationId", seq, text, ${Prisma.raw(mediaLeftOf('media_ids'))} AS "mediaIds",
      reply_to_id AS "replyToId", created_at AS "createdAt", edited_at AS "editedAt"
    FROM messages WHERE sender_id = ${userId}::uuid AND deleted_at IS NULL AND id > ${after ?? firstId}::uuid
    ORDER BY id LIMIT ${limit}`;

/** An emoji that they put on a message. */
export interface ExportedReaction {
  messageId: string;
  emoji: string;
}

/** Their reactions. `after` is a message's id and an emoji. */
export const listReactionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedReaction[]> => {
  const [messageId, emoji] = after?.split(' ') ?? [];
  return reader.$queryRaw<ExportedReaction[]>`
    SELECT message_id AS "messageId", emoji, created_at AS "createdAt" FROM message_reactions
    WHERE user_id = ${userId}::uuid AND (message_id, emoji) > (${messageId ?? firstId}::uuid, ${emoji ?? ''}::text)
    ORDER BY message_id, emoji LIMIT ${limit}`;
};
