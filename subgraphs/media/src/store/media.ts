import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { type Media, Prisma } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type MediaRow = Media;
/** What of a file is shown. */
export type VisibleMedia = Omit<
  MediaRow,
  'createdAt' | 'attempts' | 'sweepAt' | 'isWithheld' | 'withheldSequence'
>;
export type Failure = 'TOO_LARGE' | 'TYPE_MISMATCH' | 'UNSUPPORTED_TYPE' | 'CORRUPT' | 'TIMED_OUT';

/** What an examination found out about a good file. */
export type Findings = Pick<MediaRow, 'mimeType' | 'byteSize' | 'width' | 'height' | 'blurhash'>;

const columns = Prisma.sql`m.id, m.owner_id AS "ownerId", m.kind, m.status, m.failure, m.mime_type AS "mimeType",
  m.byte_size AS "byteSize", m.width, m.height, m.duration, m.alt_text AS "altText", m.blurhash,
  m.published_as AS "publishedAs"`;

/**
 * Each file, if who asks may know of it: READY is readable by whoever has its id, which they have from
 * something that they may see, while its owner's account is active and moderators removed no post with it; all else is
 * its owner's alone, and READY media the moderators' too (docs/decisions/0009, 0060).
 */
export async function listVisibleMedia(
  reader: Reader,
  asked: readonly Asked[],
): Promise<(VisibleMedia | null)[]> {
  const { viewerIds, areModerators, ids } = askedColumns(asked);
  const rows = await reader.$queryRaw<(VisibleMedia & { nth: number })[]>`
    SELECT asked.nth::int AS nth, ${columns}
    FROM unnest(${viewerIds}::uuid[], ${areModerators}::boolean[], ${ids}::uuid[])
      WITH ORDINALITY AS asked (viewer_id, is_moderator, id, nth)
    JOIN media m ON m.id = asked.id
    WHERE m.status <> 'DELETED' AND (
      m.owner_id = asked.viewer_id
      OR (m.status = 'READY' AND (asked.is_moderator OR (NOT m.is_withheld
        AND NOT EXISTS (SELECT 1 FROM standings s WHERE s.user_id = m.owner_id AND NOT s.is_active))))
    ) IS TRUE`;
  return inOrder(asked, rows);
}

/** Whether moderators removed a post that shows these, unless a newer event has told otherwise. */
export const updateWithheld = async (
  tx: Tx,
  { mediaIds, isWithheld, sequence }: { mediaIds: readonly string[]; isWithheld: boolean; sequence: bigint },
) =>
  tx.$executeRaw`
    UPDATE media SET is_withheld = ${isWithheld}, withheld_sequence = ${sequence}
    WHERE id = ANY (${mediaIds}::uuid[]) AND withheld_sequence < ${sequence}`;

export const findMedia = (reader: Reader, id: string): Promise<MediaRow | null> =>
  reader.media.findUnique({ where: { id } });

export async function insertMedia(
  tx: Tx,
  media: Pick<MediaRow, 'id' | 'ownerId' | 'kind' | 'mimeType' | 'byteSize' | 'altText'>,
): Promise<void> {
  await tx.media.create({ data: media });
}

/** Makes whoever else begins an upload of this person wait until this transaction ends. */
export async function lockUploadsOf(tx: Tx, ownerId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${ownerId}, 4201004))`;
}

/**
 * How many of a person's files are on their way, by a ticket that still holds, though what it was for is deleted, or on being
 * examined; counts to `limit`.
 */
export async function countUnderWay(reader: Reader, ownerId: string, limit: number): Promise<number> {
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM media WHERE owner_id = ${ownerId}::uuid AND (status = 'PROCESSING'
        OR (status = 'AWAITING_UPLOAD' AND sweep_at > now() + interval '23 hours 55 minutes')
        OR (status = 'DELETED' AND width IS NULL AND sweep_at > now() + interval '5 minutes'))
      LIMIT ${limit}) AS going`;
  return row?.count ?? 0;
}

/** However small a file, its rows and variants take as much. */
const leastBytes = 100_000;

/** How many bytes a person's files take: those that are kept, and those on their way as they were announced. */
export async function sumStored(reader: Reader, ownerId: string): Promise<number> {
  const [row] = await reader.$queryRaw<{ bytes: bigint }[]>`
    SELECT coalesce(sum(greatest(byte_size, ${leastBytes}::int)), 0)::bigint AS bytes FROM media
    WHERE owner_id = ${ownerId}::uuid AND status IN ('AWAITING_UPLOAD', 'PROCESSING', 'READY')`;
  return Number(row?.bytes ?? 0n);
}

/**
 * Puts off the removal of the quarantined upload until every ticket for it has expired, and that of a row which
 * nobody completes until its idempotency key (24 hours) has.
 */
export async function postponeSweep(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE media SET sweep_at = greatest(sweep_at, now() + CASE
      WHEN status IN ('READY', 'FAILED') THEN interval '20 minutes' ELSE interval '24 hours 10 minutes' END)
    WHERE id = ${id}::uuid AND status <> 'DELETED'`;
}

/** False when the owner has no such media. */
export async function updateAltText(
  tx: Tx,
  { id, ownerId, altText }: Pick<MediaRow, 'id' | 'ownerId' | 'altText'>,
): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE media SET alt_text = ${altText}
    WHERE id = ${id}::uuid AND owner_id = ${ownerId}::uuid AND status <> 'DELETED'`;
  return updated > 0;
}

/**
 * Nobody knows of it any more, and what examines it has lost it; gives how far it had come, or null when the owner has no such
 * media. The row stays, to be swept, while a ticket for it may hold.
 */
export async function deleteOwnMedia(
  tx: Tx,
  ownerId: string,
  id: string,
): Promise<MediaRow['status'] | null> {
  const [row] = await tx.$queryRaw<Pick<MediaRow, 'status'>[]>`
    WITH own AS (
      SELECT id, status FROM media
      WHERE id = ${id}::uuid AND owner_id = ${ownerId}::uuid AND status <> 'DELETED' FOR NO KEY UPDATE)
    UPDATE media SET status = 'DELETED', published_as = NULL, alt_text = NULL, blurhash = NULL,
      sweep_at = CASE WHEN own.status IN ('AWAITING_UPLOAD', 'PROCESSING')
        THEN greatest(sweep_at - interval '23 hours 50 minutes', now() + interval '5 minutes')
        ELSE coalesce(sweep_at, now() + interval '20 minutes') END
    FROM own WHERE media.id = own.id RETURNING own.status`;
  return row?.status ?? null;
}

/** It has arrived and is about to be examined. False when it is already, or is settled. */
export async function updateProcessing(tx: Tx, id: string): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE media SET status = 'PROCESSING', failure = NULL, attempts = 0
    WHERE id = ${id}::uuid AND status = 'AWAITING_UPLOAD'`;
  return updated > 0;
}

/** Nothing has arrived: it may still come. */
export async function updateMissing(reader: Reader, id: string): Promise<void> {
  await reader.$executeRaw`
    UPDATE media SET status = 'AWAITING_UPLOAD', failure = 'MISSING'
    WHERE id = ${id}::uuid AND status IN ('AWAITING_UPLOAD', 'PROCESSING')`;
}

/** Counts an attempt to examine a file and gives it; null when it is not to be examined any more. */
export async function beginAttempt(reader: Reader, id: string): Promise<MediaRow | null> {
  const counted = await reader.$executeRaw`
    UPDATE media SET attempts = attempts + 1 WHERE id = ${id}::uuid AND status = 'PROCESSING'`;
  return counted > 0 ? findMedia(reader, id) : null;
}

/** An attempt that ended for reasons which are not the file's does not count. */
export async function undoAttempt(reader: Reader, id: string): Promise<void> {
  await reader.$executeRaw`
    UPDATE media SET attempts = attempts - 1 WHERE id = ${id}::uuid AND status = 'PROCESSING' AND attempts > 0`;
}

/** READY, unless it is gone or settled. */
export async function settleReady(tx: Tx, id: string, folder: string, found: Findings): Promise<boolean> {
  const settled = await tx.$executeRaw`
    UPDATE media SET status = 'READY', published_as = ${folder}::uuid, mime_type = ${found.mimeType},
      byte_size = ${found.byteSize}, width = ${found.width}, height = ${found.height}, blurhash = ${found.blurhash},
      sweep_at = now() + interval '20 minutes'
    WHERE id = ${id}::uuid AND status = 'PROCESSING'`;
  return settled > 0;
}

/** FAILED, unless it is gone or settled. */
export async function settleFailed(tx: Tx, id: string, failure: Failure): Promise<void> {
  await tx.$executeRaw`
    UPDATE media SET status = 'FAILED', failure = ${failure}, sweep_at = now() + interval '20 minutes'
    WHERE id = ${id}::uuid AND status = 'PROCESSING'`;
}

export const listDueForSweep = (
  reader: Reader,
  limit: number,
): PromiseLike<{ id: string; isDeleted: boolean }[]> =>
  reader.$queryRaw<{ id: string; isDeleted: boolean }[]>`
    SELECT id, status = 'DELETED' AS "isDeleted" FROM media
    WHERE sweep_at < now() AND status <> 'PROCESSING' ORDER BY sweep_at LIMIT ${limit}`;

/** Once the upload is out of quarantine: the row goes if nothing came of it or is left of it, else it is not looked at again. */
export async function sweepMedia(reader: Reader, id: string): Promise<void> {
  await reader.$executeRaw`
    DELETE FROM media WHERE id = ${id}::uuid AND status IN ('AWAITING_UPLOAD', 'DELETED') AND sweep_at < now()`;
  await reader.$executeRaw`
    UPDATE media SET sweep_at = NULL
    WHERE id = ${id}::uuid AND status IN ('READY', 'FAILED') AND sweep_at < now()`;
}
