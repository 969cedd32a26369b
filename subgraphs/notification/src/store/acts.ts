import type { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

/**
 * Takes people out of what they did, the rows of `notification_actors` that the condition names; what nobody else did is
 * removed, and the counts stay exact. The caller holds the recipients' locks.
 */
export async function deleteActs(tx: Tx, condition: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    WITH left_out AS (
      DELETE FROM notification_actors WHERE ${condition} RETURNING notification_id AS id, is_hidden
    ), lost AS (
      SELECT id, count(*) AS actors, count(*) FILTER (WHERE is_hidden) AS hidden FROM left_out GROUP BY id
    ), after AS (
      SELECT n.id, n.recipient_id, n.read_at IS NULL AND n.is_shown AS counts,
        n.actor_count - lost.actors AS actors, n.hidden_count - lost.hidden AS hidden
      FROM notifications n JOIN lost ON lost.id = n.id
    ), gone AS (
      DELETE FROM notifications n USING after WHERE n.id = after.id AND after.actors = 0
    ), changed AS (
      UPDATE notifications n SET actor_count = after.actors, hidden_count = after.hidden
      FROM after WHERE n.id = after.id AND after.actors > 0
    )
    UPDATE recipients SET unread_count = unread_count - fewer.unread
    FROM (
      SELECT recipient_id, count(*) AS unread FROM after WHERE counts AND hidden = actors GROUP BY recipient_id
    ) AS fewer
    WHERE user_id = fewer.recipient_id`;
}

interface Act {
  notificationId: string;
  recipientId: string;
}

/** At most so many of the things that a person did, of which one recipient, or anybody, was told. */
export const listActs = (tx: Tx, condition: Prisma.Sql, limit: number): PromiseLike<Act[]> =>
  tx.$queryRaw<Act[]>`
    SELECT notification_id AS "notificationId", recipient_id AS "recipientId" FROM notification_actors
    WHERE ${condition} LIMIT ${limit}`;
