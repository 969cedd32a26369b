import type { Viewer } from '@socialhub/platform/identity';
import { type Media, Prisma } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export type MediaRow = Media;
/** What of a file is shown. */
export type VisibleMedia = Omit<
  MediaRow,
  'createdAt' | 'claimId' | 'claimedUntil' | 'claims' | 'sweepAt' | 'isWithheld' | 'withheldSequence'
>;
export type Failure = 'TOO_LARGE' | 'TYPE_MISMATCH' | 'UNSUPPORTED_TYPE' | 'CORRUPT';

/** What an examination found out about a good file. */
export type Findings = Pick<MediaRow, 'mimeType' | 'byteSize' | 'width' | 'height' | 'blurhash'>;

const columns = Prisma.sql`m.id, m.owner_id AS "ownerId", m.kind, m.status, m.failure, m.mime_type AS "mimeType",
  m.byte_size AS "byteSize", m.width, m.height, m.duration, m.alt_text AS "altText", m.blurhash,
  m.published_as AS "publishedAs"`;

/**
 * Those of the media that the viewer may know of: READY is readable by whoever has its id, which they have from
 * something that they may see, while its owner's account is active and moderators removed no post with it; all else is
 * its owner's alone, and READY media the moderators' too (docs/decisions/0009, 0060).
 */
export const listVisibleMedia = async (reader: Reader, viewer: Viewer | null, ids: readonly string[]) =>
  reader.$queryRaw<VisibleMedia[]>`
    SELECT ${columns} FROM media m
    WHERE m.id = ANY (${ids}::uuid[]) AND (
      m.owner_id = ${viewer?.userId ?? null}::uuid
      OR (m.status = 'READY' AND (${viewer !== null && viewer.role !== 'MEMBER'} OR (NOT m.is_withheld
        AND NOT EXISTS (SELECT 1 FROM standings s WHERE s.user_id = m.owner_id AND NOT s.is_active))))
    ) IS TRUE`;

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

/**
 * Puts off the removal of the quarantined upload until every ticket for it has expired, and that of a row which
 * nobody completes until its idempotency key (24 hours) has.
 */
export async function postponeSweep(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE media SET sweep_at = greatest(sweep_at, now() + CASE
      WHEN status IN ('READY', 'FAILED') THEN interval '20 minutes' ELSE interval '24 hours 10 minutes' END)
    WHERE id = ${id}::uuid`;
}

/** Makes the caller the one who examines this file, for two minutes. False when it is settled or another does. */
export async function claimMedia(reader: Reader, id: string, claimId: string): Promise<boolean> {
  const claimed = await reader.$executeRaw`
    UPDATE media SET status = 'PROCESSING', failure = NULL, claims = claims + 1,
      claim_id = ${claimId}::uuid, claimed_until = now() + interval '2 minutes'
    WHERE id = ${id}::uuid
      AND (status = 'AWAITING_UPLOAD' OR (status = 'PROCESSING' AND claimed_until < now()))`;
  return claimed > 0;
}

/** Gives the claim back with nothing decided; `failure` says why there was nothing to decide, if that is known. */
export async function releaseMedia(
  reader: Reader,
  id: string,
  claimId: string,
  failure: 'MISSING' | null,
): Promise<void> {
  await reader.$executeRaw`
    UPDATE media SET status = 'AWAITING_UPLOAD', failure = ${failure}, claims = 0, claim_id = NULL, claimed_until = NULL
    WHERE id = ${id}::uuid AND claim_id = ${claimId}::uuid AND status = 'PROCESSING'`;
}

/** READY, if the claim still holds. */
export async function settleReady(tx: Tx, id: string, claimId: string, found: Findings): Promise<boolean> {
  const settled = await tx.$executeRaw`
    UPDATE media SET status = 'READY', published_as = ${claimId}::uuid, mime_type = ${found.mimeType},
      byte_size = ${found.byteSize}, width = ${found.width}, height = ${found.height}, blurhash = ${found.blurhash},
      claim_id = NULL, claimed_until = NULL, sweep_at = now() + interval '20 minutes'
    WHERE id = ${id}::uuid AND claim_id = ${claimId}::uuid AND status = 'PROCESSING'`;
  return settled > 0;
}

/** FAILED, if the claim still holds. */
export async function settleFailed(
  reader: Reader,
  id: string,
  claimId: string,
  failure: Failure,
): Promise<void> {
  await reader.$executeRaw`
    UPDATE media SET status = 'FAILED', failure = ${failure},
      claim_id = NULL, claimed_until = NULL, sweep_at = now() + interval '20 minutes'
    WHERE id = ${id}::uuid AND claim_id = ${claimId}::uuid AND status = 'PROCESSING'`;
}

/** Files whose examiner is gone. */
export async function listAbandoned(reader: Reader, limit: number): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM media WHERE status = 'PROCESSING' AND claimed_until < now()
    ORDER BY claimed_until LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

export async function listDueForSweep(reader: Reader, limit: number): Promise<string[]> {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM media WHERE sweep_at < now() AND status <> 'PROCESSING' ORDER BY sweep_at LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

/** Once the upload is out of quarantine: the row goes if nothing came of it, else it is not looked at again. */
export async function sweepMedia(reader: Reader, id: string): Promise<void> {
  await reader.$executeRaw`
    DELETE FROM media WHERE id = ${id}::uuid AND status = 'AWAITING_UPLOAD' AND sweep_at < now()`;
  await reader.$executeRaw`
    UPDATE media SET sweep_at = NULL
    WHERE id = ${id}::uuid AND status IN ('READY', 'FAILED') AND sweep_at < now()`;
}
