import type { Reader } from './client.ts';
import type { MediaRow } from './media.ts';

/** What somebody uploaded, the oldest first, as the archive of their data lists it. */
export const listMediaForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string }[]> =>
  reader.media.findMany({
    where: { ownerId: userId, status: { not: 'DELETED' }, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: {
      id: true,
      kind: true,
      status: true,
      failure: true,
      mimeType: true,
      byteSize: true,
      width: true,
      height: true,
      duration: true,
      altText: true,
      isWithheld: true,
      createdAt: true,
    },
  });

/** The archives that somebody has asked for. */
export const listDataExportsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT id, status::text AS status, requested_at AS "requestedAt", ready_at AS "readyAt", expires_at AS "expiresAt",
      byte_size::float8 AS "byteSize"
    FROM data_export
    WHERE user_id = ${userId}::uuid AND id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
    ORDER BY id LIMIT ${limit}`;

/** The READY media of a person, the oldest first. */
export const listReadyMediaOf = (
  reader: Reader,
  ownerId: string,
  after: string | null,
  limit: number,
): Promise<MediaRow[]> =>
  reader.media.findMany({
    where: { ownerId, status: 'READY', ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
  });
