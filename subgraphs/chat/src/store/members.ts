import type { ConversationMember } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type MemberRow = ConversationMember;

/** The members of each conversation, in the order in which they joined. */
export const listMembers = (reader: Reader, conversationIds: readonly string[]): Promise<MemberRow[]> =>
  reader.conversationMember.findMany({
    where: { conversationId: { in: [...conversationIds] } },
    orderBy: [{ joinedAt: 'asc' }, { userId: 'asc' }],
  });

export async function listMemberIds(reader: Reader, conversationId: string): Promise<string[]> {
  const rows = await reader.conversationMember.findMany({
    where: { conversationId },
    select: { userId: true },
  });
  return rows.map((row) => row.userId);
}

export async function insertMembers(
  tx: Tx,
  conversationId: string,
  members: readonly { userId: string; isAdmin: boolean }[],
): Promise<void> {
  await tx.conversationMember.createMany({ data: members.map((one) => ({ ...one, conversationId })) });
}

/** Counts a message for all members and gives their ids. The caller holds the conversation's lock. */
export async function noteMessage(
  tx: Tx,
  conversationId: string,
  senderId: string,
  sentAt: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    UPDATE conversation_members SET last_activity_at = ${sentAt}::timestamptz,
      unread_count = unread_count + CASE WHEN user_id = ${senderId}::uuid THEN 0 ELSE 1 END
    WHERE conversation_id = ${conversationId}::uuid RETURNING user_id AS "userId"`;
  return rows.map((row) => row.userId);
}

/** The member has read on. The caller holds the conversation's lock and has made sure that `upToSeq` is ahead. */
export async function advanceReadUpTo(
  tx: Tx,
  conversationId: string,
  userId: string,
  upToSeq: number,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE conversation_members m SET read_up_to = ${upToSeq}::int, unread_count = unread_count - (
      SELECT count(*) FROM messages
      WHERE conversation_id = m.conversation_id AND seq > m.read_up_to AND seq <= ${upToSeq}::int
        AND sender_id <> m.user_id)
    WHERE conversation_id = ${conversationId}::uuid AND user_id = ${userId}::uuid`;
}
