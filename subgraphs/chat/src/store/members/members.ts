import type { ConversationMember } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

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

/** Those who see a message: who came in before it. */
export async function listReaderIds(
  reader: Reader,
  { conversationId, seq }: { conversationId: string; seq: number },
): Promise<string[]> {
  const rows = await reader.conversationMember.findMany({
    where: { conversationId, joinedAtSeq: { lt: seq } },
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

/**
 * Takes people in, who see what follows the conversation's last message. The caller holds its lock. Their time is the clock's of
 * this moment: what stands in their logs from an earlier stay is older.
 */
export async function insertLaterMembers(
  tx: Tx,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO conversation_members
      (conversation_id, user_id, joined_at, last_activity_at, joined_at_seq, read_up_to)
    SELECT c.id, joining.id, clock_timestamp(), clock_timestamp(), c.last_seq, c.last_seq
    FROM conversations c, unnest(${userIds}::uuid[]) AS joining (id) WHERE c.id = ${conversationId}::uuid`;
}

/** False when they were no member. The caller holds the conversation's lock. */
export async function deleteMember(tx: Tx, conversationId: string, userId: string): Promise<boolean> {
  const { count } = await tx.conversationMember.deleteMany({ where: { conversationId, userId } });
  return count > 0;
}

/** False when they are no member, or it is so already. The caller holds the conversation's lock. */
export async function updateAdmin(
  tx: Tx,
  { conversationId, userId, isAdmin }: { conversationId: string; userId: string; isAdmin: boolean },
): Promise<boolean> {
  const { count } = await tx.conversationMember.updateMany({
    where: { conversationId, userId, isAdmin: !isAdmin },
    data: { isAdmin },
  });
  return count > 0;
}

/** Makes the longest-standing member of each group without an admin one, and gives those groups. The caller holds their locks. */
export async function passOnAdmin(tx: Tx, conversationIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE conversation_members m SET is_admin = true
    FROM unnest(${conversationIds}::uuid[]) AS left_one (id)
    JOIN conversations c ON c.id = left_one.id AND c.kind = 'GROUP'
    CROSS JOIN LATERAL (
      SELECT user_id FROM conversation_members WHERE conversation_id = left_one.id ORDER BY joined_at, user_id LIMIT 1
    ) AS oldest
    WHERE m.conversation_id = left_one.id AND m.user_id = oldest.user_id AND NOT EXISTS (
      SELECT 1 FROM conversation_members WHERE conversation_id = left_one.id AND is_admin)
    RETURNING m.conversation_id AS id`;
  return rows.map(({ id }) => id);
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
