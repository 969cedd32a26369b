import { notificationsOf } from '@socialhub/platform/contracts/signals';
import type { Database } from '@socialhub/platform/database/database';
import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { Live } from '@socialhub/platform/events/live';
import { createLogFeed, type LogFeed } from '@socialhub/platform/events/log-feed';
import { type Following, pagesOf } from '@socialhub/platform/events/log-reader';
import { signalAfterCommit } from '@socialhub/platform/events/outbox';
import { Prisma } from '../generated/prisma/client.ts';
import type { NotificationType, SubjectKind } from '../generated/prisma/enums.ts';
import type { Client, Reader, Tx } from './client.ts';
import { isWanted } from './preferences.ts';
import { lockRecipients } from './recipients.ts';

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

/** Which of the list: those that are not read, those of some types. */
export interface Chosen {
  unreadOnly: boolean;
  types: readonly NotificationType[] | null;
}

export async function listNotifications(
  db: Reader,
  recipientId: string,
  { unreadOnly, types }: Chosen,
  { after, limit }: PageRequest<Place>,
): Promise<NotificationRow[]> {
  const shown = Prisma.sql`n.recipient_id = ${recipientId}::uuid AND n.is_shown
    AND ${isWanted(Prisma.sql`${recipientId}::uuid`)}
    ${after ? Prisma.sql`AND (n.updated_at, n.id) < (${after[0].toISOString()}::timestamptz, ${after[1]}::uuid)` : Prisma.empty}`;
  const list = unreadOnly
    ? Prisma.sql`SELECT ${columns} FROM notifications n
        WHERE ${shown} AND n.read_at IS NULL
          ${types ? Prisma.sql`AND n.type = ANY (${types}::notification_type[])` : Prisma.empty}
        ORDER BY ${unreadFirst} ${latestFirst} LIMIT ${limit}`
    : types
      ? Prisma.sql`SELECT ${columns}
          FROM unnest(${types}::notification_type[]) AS chosen (type) CROSS JOIN LATERAL (
            SELECT * FROM notifications n WHERE ${shown} AND n.type = chosen.type
            ORDER BY ${latestFirst} LIMIT ${limit}
          ) AS n
          ORDER BY ${latestFirst} LIMIT ${limit}`
      : Prisma.sql`SELECT ${columns} FROM notifications n WHERE ${shown} ORDER BY ${latestFirst} LIMIT ${limit}`;
  return db.$queryRaw<NotificationRow[]>`${list}`;
}

const latestFirst = Prisma.sql`n.updated_at DESC, n.id DESC`;
/** Where all are unread this orders nothing, but that is the order of their index. */
const unreadFirst = Prisma.sql`n.read_at,`;

/** Each notification, if it is who asks that gets it and it is shown. */
export async function listOwnNotifications(
  db: Reader,
  asked: readonly Asked[],
): Promise<(NotificationRow | null)[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<(NotificationRow & { nth: number })[]>`
    SELECT asked.nth::int AS nth, ${columns}
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (recipient_id, id, nth)
    JOIN notifications n ON n.id = asked.id AND n.recipient_id = asked.recipient_id
    WHERE n.is_shown AND ${isWanted(Prisma.sql`n.recipient_id`)}`;
  return inOrder(asked, rows);
}

/** What was put into each recipient's log after their number, in the log's order. */
export async function listLogAfter(
  db: Reader,
  followings: readonly Following<number>[],
  limit: number,
): Promise<LogEntry[][]> {
  const rows = await db.$queryRaw<(Omit<LogEntry, 'changeSeq'> & { changeSeq: bigint; nth: number })[]>`
    SELECT following.nth::int AS nth, n.*, r.unread_count AS "unreadCount"
    FROM unnest(
      ${followings.map(({ listener }) => listener)}::uuid[],
      ${followings.map(({ after }) => after)}::bigint[]
    ) WITH ORDINALITY AS following (recipient_id, change_seq, nth)
    JOIN recipients r ON r.user_id = following.recipient_id
    CROSS JOIN LATERAL (
      SELECT ${columns}, n.change_seq AS "changeSeq" FROM notifications n
      WHERE n.recipient_id = following.recipient_id AND n.is_shown AND n.change_seq > following.change_seq
        AND ${isWanted(Prisma.sql`r.user_id`)}
      ORDER BY n.change_seq LIMIT ${limit}
    ) AS n
    ORDER BY following.nth, n."changeSeq"`;
  return pagesOf(
    followings,
    rows.map((row) => ({ ...row, changeSeq: Number(row.changeSeq) })),
  );
}

/**
 * Marks one notification as read that the recipient is shown and has not read, and puts it into their log anew. Takes the
 * recipient's lock.
 */
export async function updateRead(tx: Tx, recipientId: string, id: string): Promise<void> {
  await lockRecipients(tx, [recipientId]);
  const marked = await tx.$executeRaw`
    WITH unread AS (
      SELECT id FROM notifications
      WHERE id = ${id}::uuid AND recipient_id = ${recipientId}::uuid AND is_shown AND (read_at IS NULL) IS TRUE
    ), numbered AS (
      UPDATE recipients SET unread_count = unread_count - 1, change_seq = change_seq + 1
      FROM unread WHERE user_id = ${recipientId}::uuid
      RETURNING change_seq
    )
    UPDATE notifications n SET read_at = clock_timestamp(), change_seq = numbered.change_seq
    FROM unread, numbered WHERE n.id = unread.id`;
  if (marked > 0) await signalAfterCommit(tx, notificationsOf(recipientId));
}

/**
 * Marks the notification `id` and all that stand behind it in the list as read, and puts the newest of those that are shown
 * into the log anew; gives how many are unread then, or null when the recipient has no such notification. Takes the
 * recipient's lock.
 */
export async function updateReadUpTo(tx: Tx, recipientId: string, id: string): Promise<number | null> {
  await lockRecipients(tx, [recipientId]);
  const [row] = await tx.$queryRaw<{ unreadCount: number; newestId: string | null }[]>`
    WITH place AS (
      SELECT updated_at, id FROM notifications WHERE id = ${id}::uuid AND recipient_id = ${recipientId}::uuid
    ), marked AS (
      UPDATE notifications n SET read_at = clock_timestamp()
      FROM place
      WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown IN (true, false) AND n.read_at IS NULL
        AND (n.updated_at, n.id) <= (place.updated_at, place.id)
      RETURNING n.id, n.updated_at, n.is_shown
    )
    UPDATE recipients SET unread_count = unread_count - (SELECT count(*) FROM marked WHERE is_shown)
    FROM place WHERE user_id = ${recipientId}::uuid
    RETURNING unread_count AS "unreadCount",
      (SELECT m.id FROM marked m WHERE m.is_shown ORDER BY m.updated_at DESC, m.id DESC LIMIT 1) AS "newestId"`;
  if (!row) return null;
  if (row.newestId !== null) await tellAgain(tx, recipientId, row.newestId);
  return row.unreadCount;
}

/** Puts a notification into the log anew, whose recipient the caller has locked. */
async function tellAgain(tx: Tx, recipientId: string, id: string): Promise<void> {
  await tx.$executeRaw`
    WITH numbered AS (
      UPDATE recipients SET change_seq = change_seq + 1 WHERE user_id = ${recipientId}::uuid RETURNING change_seq
    )
    UPDATE notifications n SET change_seq = numbered.change_seq FROM numbered WHERE n.id = ${id}::uuid`;
  await signalAfterCommit(tx, notificationsOf(recipientId));
}

/**
 * Marks as read what the recipient does not want to read any more, so that it does not count; gives how many are unread
 * then. Takes the recipient's lock.
 */
export async function updateReadUnwanted(tx: Tx, recipientId: string): Promise<number> {
  await lockRecipients(tx, [recipientId]);
  const [row] = await tx.$queryRaw<{ unreadCount: number }[]>`
    WITH marked AS (
      UPDATE notifications n SET read_at = clock_timestamp()
      WHERE n.recipient_id = ${recipientId}::uuid AND n.is_shown AND n.read_at IS NULL
        AND NOT (${isWanted(Prisma.sql`${recipientId}::uuid`)})
      RETURNING 1
    )
    UPDATE recipients SET unread_count = unread_count - (SELECT count(*) FROM marked)
    WHERE user_id = ${recipientId}::uuid
    RETURNING unread_count AS "unreadCount"`;
  return row?.unreadCount ?? 0;
}

/** The place in the log before everything that has changed since a moment: its end when nothing has. */
export async function findChangeSeqAt(db: Reader, recipientId: string, moment: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ changeSeq: bigint | null }[]>`
    WITH since AS MATERIALIZED (
      SELECT change_seq FROM notifications
      WHERE recipient_id = ${recipientId}::uuid AND is_shown AND updated_at > ${moment}
    )
    SELECT coalesce(
      (SELECT min(change_seq) - 1 FROM since),
      (SELECT change_seq FROM recipients WHERE user_id = ${recipientId}::uuid)) AS "changeSeq"`;
  return Number(row?.changeSeq ?? 0);
}

/** The logs of all recipients, each followed from its numbers on. */
export type NotificationLog = LogFeed<LogEntry, number>;

export const createNotificationLog = (
  { prisma }: Pick<Database<Client>, 'prisma'>,
  live: Live,
): NotificationLog =>
  createLogFeed({
    live,
    topicOf: notificationsOf,
    readAfter: (followings, limit) => listLogAfter(prisma, followings, limit),
    placeOf: ({ changeSeq }) => changeSeq,
  });
