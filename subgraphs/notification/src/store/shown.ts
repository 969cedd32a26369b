import { Prisma } from '../generated/prisma/client.ts';

/** Whether the actor `a` is not active. */
export const isHiddenActor: Prisma.Sql = Prisma.sql`EXISTS (
  SELECT 1 FROM standings s WHERE s.user_id = a.actor_id AND NOT s.is_active)`;

/** Whether the notification `n` is shown: not while all who did it are not active. */
export const isShown: Prisma.Sql = Prisma.sql`(n.actor_count = 0 OR EXISTS (
  SELECT 1 FROM notification_actors a WHERE a.notification_id = n.id AND NOT ${isHiddenActor}))`;

/** Among as many as this, the newest, unread ones that are not shown are looked for; further back nobody counts. */
const lookedAt = 1_000;

/** How many of a person's unread notifications are not shown; to be taken off `unread_count`. */
export const hiddenUnread = (recipientId: string): Prisma.Sql => Prisma.sql`(
  SELECT count(*)::int FROM (
    SELECT * FROM notifications WHERE recipient_id = ${recipientId}::uuid AND read_at IS NULL
    ORDER BY updated_at DESC, id DESC LIMIT ${lookedAt}
  ) n WHERE NOT ${isShown})`;
