import type { PageRequest } from '@socialhub/platform/database/pagination';
import { Prisma } from '../generated/prisma/client.ts';
import type { NotificationType, SubjectKind } from '../generated/prisma/enums.ts';
import type { Reader, Tx } from './client.ts';

export interface NotificationRow {
  id: string;
  type: NotificationType;
  subjectKind: SubjectKind;
  subjectId: string;
  actorCount: number;
  createdAt: Date;
  updatedAt: Date;
  readAt: Date | null;
}

/** A notification, where it stands in its recipient's log, and how many are unread at the moment. */
export interface LogEntry extends NotificationRow {
  changeSeq: number;
  unreadCount: number;
}

/** The place of a row in the list: latest change first. */
export type Place = [updatedAt: Date, id: string];

const columns = Prisma.sql`n.id, n.type::text AS type, n.subject_kind::text AS "subjectKind",
  n.subject_id AS "subjectId", n.actor_count - n.hidden_count AS "actorCount", n.created_at AS "createdAt",
  n.updated_at AS "updatedAt", n.read_at AS "readAt"`;

export async function listNotifications(
  db: Reader,
  recipientId: string,
  unreadOnly: boolean,
  page: PageRequest<Place>,
): Promise<NotificationRow[]> {
  const { after, limit } = page;
  return db.$queryRaw<NotificationRow[]>`
    SELECT ${columns} FROM notifications n
    WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown
      ${unreadOnly ? Prisma.sql`AND n.read_at IS NULL` : Prisma.empty}
      ${after ? Prisma.sql`AND (n.updated_at, n.id) < (${after[0].toISOString()}::timestamptz, ${after[1]}::uuid)` : Prisma.empty}
    ORDER BY n.updated_at DESC, n.id DESC
    LIMIT ${limit}`;
}

/** Those of the notifications that are the recipient's, and are shown. */
export const listOwnNotifications = (
  db: Reader,
  recipientId: string,
  ids: readonly string[],
): PromiseLike<NotificationRow[]> =>
  db.$queryRaw<NotificationRow[]>`
    SELECT ${columns} FROM notifications n
    WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown AND n.id = ANY (${ids}::uuid[])`;

/** What was put into the recipient's log after a number, in the log's order. */
export async function listLogAfter(
  db: Reader,
  recipientId: string,
  changeSeq: number,
  limit: number,
): Promise<LogEntry[]> {
  const rows = await db.$queryRaw<(NotificationRow & { changeSeq: bigint; unreadCount: number })[]>`
    SELECT ${columns}, n.change_seq AS "changeSeq",
      r.unread_count AS "unreadCount"
    FROM notifications n JOIN recipients r ON r.user_id = n.recipient_id
    WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown AND n.change_seq > ${changeSeq}
    ORDER BY n.change_seq LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, changeSeq: Number(row.changeSeq) }));
}

/**
 * Marks the notification `id` and all that stand behind it in the list as read; gives how many are unread then, or
 * null when the recipient has no such notification. Takes the recipient's lock.
 */
export async function updateReadUpTo(tx: Tx, recipientId: string, id: string): Promise<number | null> {
  await tx.$queryRaw`SELECT 1 FROM recipients WHERE user_id = ${recipientId}::uuid FOR UPDATE`;
  const [row] = await tx.$queryRaw<{ unreadCount: number }[]>`
    WITH place AS (
      SELECT updated_at, id FROM notifications WHERE id = ${id}::uuid AND recipient_id = ${recipientId}::uuid
    ), marked AS (
      UPDATE notifications n SET read_at = clock_timestamp()
      FROM place
      WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown IN (true, false) AND n.read_at IS NULL
        AND (n.updated_at, n.id) <= (place.updated_at, place.id)
      RETURNING n.is_shown
    )
    UPDATE recipients SET unread_count = unread_count - (SELECT count(*) FROM marked WHERE is_shown)
    FROM place WHERE user_id = ${recipientId}::uuid
    RETURNING unread_count AS "unreadCount"`;
  return row?.unreadCount ?? null;
}

/** The place in the log before everything that has changed since a moment: its end when nothing has. */
export async function findChangeSeqAt(db: Reader, recipientId: string, moment: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ changeSeq: bigint | null }[]>`
    SELECT coalesce(
      (SELECT min(change_seq) - 1 FROM notifications
        WHERE recipient_id = ${recipientId}::uuid AND is_shown AND updated_at > ${moment}),
      (SELECT change_seq FROM recipients WHERE user_id = ${recipientId}::uuid)) AS "changeSeq"`;
  return Number(row?.changeSeq ?? 0);
}
