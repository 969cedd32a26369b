import { notificationsOf } from '@socialhub/platform/contracts/signals';
import { signalTopicsAfterCommit } from '@socialhub/platform/events/outbox';
import { Prisma } from '../generated/prisma/client.ts';
import type { NotificationType, SubjectKind } from '../generated/prisma/enums.ts';
import type { Tx } from './client.ts';
import { isMutedBy } from './mutes.ts';
import { newId } from './new-id.ts';
import { isUnwanted } from './preferences.ts';
import { isInactive, lockStanding } from './standings.ts';

/** Something that one person did and of which others are notified. */
export interface Activity {
  /** null: moderators, who stay unnamed. */
  actorId: string | null;
  at: Date;
  subjectKind: SubjectKind;
  subjectId: string;
  postId: string | null;
}

/** One type of notification, and whose: an SQL query of one column of user ids. */
export interface Audience {
  type: NotificationType;
  people: Prisma.Sql;
}

export const people = (ids: readonly string[]): Prisma.Sql => Prisma.sql`SELECT unnest(${ids}::uuid[])`;

/** What makes one thing of an activity that stands for itself. */
const groupKey = (type: string, activity: Activity): string =>
  `${type} ${activity.subjectKind} ${activity.subjectId}`;

/**
 * Notifies each person of the activity once: those of the first audience as its type says, and so on. The actor is left out,
 * so is whoever blocks the actor, is blocked by them or mutes them, and whoever was notified of it already as that type or as
 * `unlessToldAs`; a type that somebody does not want of the actor is passed over. One statement, however many people: it locks and numbers the recipients in order of id, counts, and
 * writes. The caller holds a lock that keeps the same activity from being delivered twice at once.
 */
export async function deliver(
  tx: Tx,
  activity: Activity,
  audiences: readonly Audience[],
  unlessToldAs: readonly NotificationType[] = [],
): Promise<void> {
  const wanted = audiences.map(
    ({ type, people: ids }, rank) => Prisma.sql`
      SELECT told.id, ${rank}::int AS rank, ${type}::text AS type, ${groupKey(type, activity)}::text AS group_key
      FROM (${ids}) AS told (id)`,
  );
  const excluded = unlessToldAs.map((type) => groupKey(type, activity));
  if (activity.actorId !== null) await lockStanding(tx, activity.actorId);
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    WITH actor AS (
      SELECT ${isInactive(activity.actorId)} AS is_hidden
    ), wanted AS (
      SELECT DISTINCT ON (id) id, type, group_key FROM (${Prisma.join(wanted, ' UNION ALL ')}) AS every
      WHERE id IS DISTINCT FROM ${activity.actorId}::uuid
        AND NOT EXISTS (
          SELECT 1 FROM blocks b WHERE b.blocker_id = every.id AND b.blocked_id = ${activity.actorId}::uuid AND b.active)
        AND NOT EXISTS (
          SELECT 1 FROM blocks b WHERE b.blocker_id = ${activity.actorId}::uuid AND b.blocked_id = every.id AND b.active)
        AND NOT ${isMutedBy(Prisma.sql`every.id`, activity.actorId)}
        AND NOT ${isUnwanted(Prisma.sql`every.id`, Prisma.sql`every.type`, activity.actorId)}
      ORDER BY id, rank
    ), untold AS (
      SELECT * FROM wanted WHERE NOT EXISTS (
        SELECT 1 FROM notifications n
        WHERE n.recipient_id = wanted.id AND n.group_key IN (wanted.group_key, ${Prisma.join(['', ...excluded])})
      )
    ), numbered AS (
      INSERT INTO recipients AS r (user_id, change_seq, unread_count)
      SELECT id, 1, CASE WHEN is_hidden THEN 0 ELSE 1 END FROM untold, actor ORDER BY id
      ON CONFLICT (user_id) DO UPDATE
        SET change_seq = r.change_seq + 1, unread_count = r.unread_count + excluded.unread_count
      RETURNING user_id, change_seq
    ), written AS (
      INSERT INTO notifications
        (id, recipient_id, type, group_key, subject_kind, subject_id, post_id, actor_count, hidden_count, change_seq)
      SELECT ${newId}, untold.id, untold.type::notification_type, untold.group_key,
        ${activity.subjectKind}::subject_kind, ${activity.subjectId}::uuid, ${activity.postId}::uuid, ${activity.actorId === null ? 0 : 1}::int,
        CASE WHEN actor.is_hidden THEN 1 ELSE 0 END, numbered.change_seq
      FROM actor, numbered JOIN untold ON untold.id = numbered.user_id
      RETURNING id, recipient_id
    ), acted AS (
      INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at, is_hidden)
      SELECT id, ${activity.actorId}::uuid, recipient_id, ${activity.at.toISOString()}::timestamptz, is_hidden
      FROM written, actor
      WHERE ${activity.actorId}::uuid IS NOT NULL
    )
    SELECT recipient_id AS "userId" FROM written`;
  await signalTopicsAfterCommit(
    tx,
    rows.map(({ userId }) => notificationsOf(userId)),
  );
}
