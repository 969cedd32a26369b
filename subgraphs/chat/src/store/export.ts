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
  reader.$queryRaw<ExportedConversation[]>`
    SELECT c.id, c.kind::text AS kind, c.title, c.created_at AS "createdAt", m.joined_at AS "joinedAt",
      m.is_admin AS "isAdmin", m.read_up_to AS "readUpTo",
      ARRAY(SELECT user_id::text FROM conversation_members WHERE conversation_id = c.id ORDER BY 1) AS "memberIds"
    FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.user_id = ${userId}::uuid AND (${after}::uuid IS NULL OR c.id > ${after}::uuid)
    ORDER BY c.id LIMIT ${limit}`;

/** What they wrote, in whichever conversation; what others wrote is theirs. */
export const listMessagesForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string }[]> =>
  reader.message.findMany({
    where: { senderId: userId, deletedAt: null, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: {
      id: true,
      conversationId: true,
      seq: true,
      text: true,
      mediaIds: true,
      replyToId: true,
      createdAt: true,
      editedAt: true,
    },
  });
