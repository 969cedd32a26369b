import { erasedUserId } from '@socialhub/platform/ids';
import type { Tx } from './client.ts';

/** Leaves nothing of at most `limit` messages but their places: the conversation stays whole for the others. */
export const eraseMessages = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    UPDATE messages SET sender_id = ${erasedUserId}::uuid, text = '', media_ids = '{}', edited_at = NULL,
      deleted_at = coalesce(deleted_at, now())
    WHERE id IN (SELECT id FROM messages WHERE sender_id = ${userId}::uuid ORDER BY id LIMIT ${limit})`;

/** Takes at most `limit` of a person's reactions back. */
export const eraseReactions = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM message_reactions WHERE (message_id, user_id, emoji) IN (
      SELECT message_id, user_id, emoji FROM message_reactions WHERE user_id = ${userId}::uuid
      ORDER BY message_id, emoji LIMIT ${limit})`;

/** Locks at most `limit` of a person's conversations and takes them out; gives whose those are now. */
export async function eraseMemberships(
  tx: Tx,
  userId: string,
  limit: number,
): Promise<{ conversationId: string; memberIds: string[] }[]> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM conversations WHERE id IN (
      SELECT conversation_id FROM conversation_members WHERE user_id = ${userId}::uuid
      ORDER BY last_activity_at DESC, conversation_id DESC LIMIT ${limit})
    ORDER BY id FOR NO KEY UPDATE`;
  const ids = locked.map(({ id }) => id);
  await tx.$executeRaw`
    DELETE FROM conversation_members WHERE user_id = ${userId}::uuid AND conversation_id = ANY (${ids}::uuid[])`;
  // A pair is named by both ids: nobody makes it again.
  await tx.$executeRaw`UPDATE conversations SET pair_key = NULL WHERE id = ANY (${ids}::uuid[])`;
  return tx.$queryRaw<{ conversationId: string; memberIds: string[] }[]>`
    SELECT c.id AS "conversationId", array_remove(array_agg(m.user_id::text ORDER BY m.user_id), NULL) AS "memberIds"
    FROM conversations c LEFT JOIN conversation_members m ON m.conversation_id = c.id
    WHERE c.id = ANY (${ids}::uuid[]) GROUP BY c.id ORDER BY c.id`;
}

export const eraseEvents = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM member_events WHERE member_id = ${userId}::uuid AND seq IN (
      SELECT seq FROM member_events WHERE member_id = ${userId}::uuid ORDER BY seq LIMIT ${limit})`;

export async function erasePerson(tx: Tx, userId: string): Promise<number> {
  await tx.eventHead.deleteMany({ where: { memberId: userId } });
  const { count } = await tx.person.deleteMany({ where: { id: userId } });
  return count;
}
