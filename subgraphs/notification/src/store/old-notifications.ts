import type { Pruned } from '@socialhub/platform/lifecycle/prune';
import { Prisma } from '../generated/prisma/client.ts';
import { deleteActs } from './acts.ts';
import type { Reader, Tx } from './client.ts';
import { lockRecipients } from './recipients.ts';
import { deleteActless } from './retract.ts';

/** What of some people's is too old: who did it, thing by thing, and what nobody in particular did. */
interface OldActs {
  last: string | null;
  isFull: boolean;
  recipientIds: string[];
  notificationIds: string[];
  actorIds: (string | null)[];
}

/**
 * Of the next `people` behind `after`, at most `each` notifications of which nothing was told for `days` days, and of those at most
 * `limit` of who did it: what many did goes in steps.
 */
async function findOldActs(
  tx: Reader,
  after: string | null,
  { days, people, each, limit }: { days: number; people: number; each: number; limit: number },
): Promise<OldActs | undefined> {
  const [found] = await tx.$queryRaw<OldActs[]>`
    WITH page AS MATERIALIZED (
      SELECT user_id FROM recipients WHERE user_id > ${after ?? firstId}::uuid ORDER BY user_id LIMIT ${people}
    ), old AS MATERIALIZED (
      SELECT oldest.id, page.user_id FROM page CROSS JOIN LATERAL (
        SELECT id FROM notifications n
        WHERE n.recipient_id = page.user_id AND n.is_shown IN (true, false) AND n.updated_at < now() - ${days}::int * interval '1 day'
        LIMIT ${each}) AS oldest
    ), acts AS MATERIALIZED (
      SELECT old.id, old.user_id, actor.actor_id FROM old LEFT JOIN LATERAL (
        SELECT actor_id FROM notification_actors a WHERE a.notification_id = old.id LIMIT ${limit}) AS actor ON true
      LIMIT ${limit}
    )
    SELECT (SELECT user_id::text FROM page ORDER BY user_id DESC LIMIT 1) AS last,
      (SELECT count(*) FROM acts) = ${limit}::int OR EXISTS (
        SELECT FROM old GROUP BY user_id HAVING count(*) = ${each}::int) AS "isFull",
      coalesce(array_agg(user_id::text), '{}') AS "recipientIds",
      coalesce(array_agg(id::text), '{}') AS "notificationIds",
      coalesce(array_agg(actor_id::text), '{}') AS "actorIds"
    FROM acts`;
  return found;
}

const firstId = '00000000-0000-0000-0000-000000000000';

/** Deletes a step of them, in the order of locks of whoever writes; the counts stay exact. */
export async function deleteOldNotifications(
  tx: Tx,
  after: string | null,
  bounds: Parameters<typeof findOldActs>[2],
): Promise<Pruned> {
  const found = await findOldActs(tx, after, bounds);
  if (!found) return { last: null, isFull: false, count: 0 };
  const { last, isFull, recipientIds, notificationIds, actorIds } = found;
  if (recipientIds.length > 0) {
    await lockRecipients(tx, [...new Set(recipientIds)]);
    // What was told anew meanwhile stays as it is.
    const stillOld = Prisma.sql`(SELECT id FROM notifications WHERE id = ANY (${notificationIds}::uuid[])
      AND updated_at < now() - ${bounds.days}::int * interval '1 day')`;
    await deleteActs(
      tx,
      Prisma.sql`(notification_id, actor_id) IN (SELECT * FROM unnest(${notificationIds}::uuid[], ${actorIds}::uuid[]))
        AND notification_id = ANY (ARRAY${stillOld})`,
    );
    await deleteActless(tx, notificationIds, stillOld);
  }
  return { last, isFull, count: recipientIds.length };
}
