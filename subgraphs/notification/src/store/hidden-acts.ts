import type { Tx } from './client.ts';
import { lockRecipients } from './recipients.ts';
import { isInactive } from './standings.ts';

/**
 * Shows or hides at most `limit` of the things that a person did, as their standing says, where that has not been applied
 * yet; the counts of those who were told of them stay exact. Gives how many it was.
 */
export async function applyStanding(tx: Tx, actorId: string, limit: number): Promise<number> {
  const acts = await tx.$queryRaw<{ notificationId: string; recipientId: string; isHidden: boolean }[]>`
    SELECT notification_id AS "notificationId", recipient_id AS "recipientId", NOT is_hidden AS "isHidden"
    FROM notification_actors WHERE actor_id = ${actorId}::uuid AND is_hidden = NOT ${isInactive(actorId)}
    ORDER BY recipient_id LIMIT ${limit}`;
  const [first] = acts;
  if (!first) return 0;
  await lockRecipients(
    tx,
    acts.map(({ recipientId }) => recipientId),
  );
  const ids = acts.map(({ notificationId }) => notificationId);
  const more = first.isHidden ? 1 : -1;
  await tx.$executeRaw`
    WITH turned AS (
      UPDATE notification_actors SET is_hidden = ${first.isHidden}
      WHERE actor_id = ${actorId}::uuid AND notification_id = ANY (${ids}::uuid[]) AND is_hidden <> ${first.isHidden}
      RETURNING notification_id AS id
    ), before AS (
      SELECT n.id, n.is_shown FROM notifications n JOIN turned ON turned.id = n.id
    ), changed AS (
      UPDATE notifications n SET hidden_count = n.hidden_count + ${more}::int FROM before WHERE n.id = before.id
      RETURNING n.recipient_id, n.read_at, n.is_shown::int - before.is_shown::int AS shown
    )
    UPDATE recipients SET unread_count = unread_count + sum.shown
    FROM (SELECT recipient_id, sum(shown) AS shown FROM changed WHERE read_at IS NULL GROUP BY recipient_id) AS sum
    WHERE user_id = sum.recipient_id AND sum.shown <> 0`;
  return acts.length;
}
