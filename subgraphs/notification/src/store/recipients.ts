import type { Reader, Tx } from './client.ts';

export interface RecipientRow {
  userId: string;
  changeSeq: number;
  unreadCount: number;
}

export const insertRecipient = async (tx: Tx, userId: string) =>
  tx.$executeRaw`INSERT INTO recipients (user_id) VALUES (${userId}::uuid) ON CONFLICT DO NOTHING`;

/** Locks the rows, always in order of id: two transactions that want the same people wait instead of deadlocking. */
export const lockRecipients = async (tx: Tx, userIds: readonly string[]) =>
  tx.$queryRaw`SELECT 1 FROM recipients WHERE user_id = ANY (${userIds}::uuid[]) ORDER BY user_id FOR UPDATE`;

export async function findRecipient(db: Reader, userId: string): Promise<RecipientRow> {
  const [row] = await db.$queryRaw<{ changeSeq: bigint; unreadCount: number }[]>`
    SELECT change_seq AS "changeSeq", unread_count AS "unreadCount"
    FROM recipients
    WHERE user_id = ${userId}::uuid`;
  return { userId, changeSeq: Number(row?.changeSeq ?? 0), unreadCount: row?.unreadCount ?? 0 };
}
