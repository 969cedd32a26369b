import type { Reader } from './client.ts';

/** What somebody was told of, as the archive of their data shows it: not of whom, who may be hidden from them. */
export interface ExportedNotification {
  groupKey: string;
}

export const listNotificationsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedNotification[]> =>
  reader.$queryRaw<ExportedNotification[]>`
    SELECT id, group_key AS "groupKey", type::text AS type, subject_kind::text AS "subjectKind",
      subject_id AS "subjectId", post_id AS "postId", actor_count AS "actorCount",
      created_at AS "createdAt", updated_at AS "updatedAt", read_at AS "readAt"
    FROM notifications
    WHERE recipient_id = ${userId}::uuid AND group_key > coalesce(${after}::text, '')
    ORDER BY group_key LIMIT ${limit}`;

/** What somebody has chosen to be told of. */
export const listPreferencesForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ type: string }[]> =>
  reader.$queryRaw<{ type: string }[]>`
    SELECT type::text AS type, from_whom::text AS "fromWhom" FROM notification_preferences
    WHERE user_id = ${userId}::uuid AND type::text > coalesce(${after}::text, '')
    ORDER BY type::text LIMIT ${limit}`;
