import type { Reader } from './client.ts';

export interface ActorRow {
  notificationId: string;
  actorId: string;
}

const shown = 3;

/** The latest three active actors of each notification, latest first. */
export const listLatestActors = async (db: Reader, notificationIds: readonly string[]) =>
  db.$queryRaw<ActorRow[]>`
    SELECT n.id AS "notificationId", actor.actor_id AS "actorId"
    FROM unnest(${notificationIds}::uuid[]) AS n (id)
    CROSS JOIN LATERAL (
      SELECT actor_id, acted_at FROM notification_actors a
      WHERE notification_id = n.id AND NOT is_hidden ORDER BY acted_at DESC, actor_id LIMIT ${shown}
    ) actor
    ORDER BY actor.acted_at DESC, actor.actor_id`;
