import { dataExportOf } from '@socialhub/platform/contracts/signals';
import type { Database } from '@socialhub/platform/database/database';
import type { Asked } from '@socialhub/platform/database/loaders';
import { notFound } from '@socialhub/platform/errors';
import type { Live } from '@socialhub/platform/events/live';
import { createLogFeed, type LogFeed } from '@socialhub/platform/events/log-feed';
import type { Following } from '@socialhub/platform/events/log-reader';
import type { DataExport, ExportPart } from '../generated/prisma/client.ts';
import type { Client, Reader, Tx } from './client.ts';

export type DataExportRow = DataExport;
export type ExportPartRow = ExportPart;

export const findDataExport = (
  reader: Reader,
  key: { id: string; userId?: string },
): Promise<DataExportRow | null> => reader.dataExport.findFirst({ where: key });

/** Each archive, if it is of who asks. */
export async function listDataExports(
  reader: Reader,
  asked: readonly Asked[],
): Promise<(DataExportRow | null)[]> {
  const rows = await reader.dataExport.findMany({ where: { id: { in: asked.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asked.map(({ viewer, id }) => {
    const found = byId.get(id);
    return found && found.userId === viewer?.userId ? found : null;
  });
}

/** How each archive stands, unless that is as at its version; null where there is none. */
export async function listLaterStates(
  reader: Reader,
  followings: readonly Following<number>[],
): Promise<(DataExportRow[] | null)[]> {
  const ids = followings.map(({ listener }) => listener);
  const rows = await reader.dataExport.findMany({ where: { id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return followings.map(({ listener, after }) => {
    const state = byId.get(listener);
    return state ? (state.version > after ? [state] : []) : null;
  });
}

/** The one that was asked for last. */
export const findLatestDataExport = (reader: Reader, userId: string): Promise<DataExportRow | null> =>
  reader.dataExport.findFirst({ where: { userId }, orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }] });

/** The row as it is now, for a transaction that is about to change it. */
export async function findDataExportForUpdate(tx: Tx, id: string): Promise<DataExportRow | null> {
  await tx.$queryRaw`SELECT 1 FROM data_export WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.dataExport.findUnique({ where: { id } });
}

/** Makes whoever else asks for an archive of this person wait until this transaction ends. */
export async function lockExportsOf(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, 4201003))`;
}

/** Seconds until this person may ask again, one archive in `seconds`; null when they may now. */
export async function findExportWait(
  reader: Reader,
  userId: string,
  seconds: number,
): Promise<number | null> {
  const [row] = await reader.$queryRaw<{ wait: number }[]>`
    SELECT ceil(extract(epoch FROM requested_at - now()) + ${seconds}::int)::int AS wait FROM data_export
    WHERE user_id = ${userId}::uuid AND requested_at > now() - ${seconds}::int * interval '1 second'
    ORDER BY requested_at DESC LIMIT 1`;
  return row ? Math.max(1, row.wait) : null;
}

export async function insertDataExport(
  tx: Tx,
  given: { id: string; userId: string },
  keptSeconds: number,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO data_export (id, user_id, expires_at)
    VALUES (${given.id}::uuid, ${given.userId}::uuid, now() + ${keptSeconds}::int * interval '1 second')`;
}

/** Does nothing when the piece is there. */
export async function insertExportPart(tx: Tx, part: ExportPartRow): Promise<void> {
  await tx.exportPart.createMany({ data: part, skipDuplicates: true });
}

/** How many services have sent everything. */
export const countFinishedParts = (reader: Reader, exportId: string): Promise<number> =>
  reader.exportPart.count({ where: { exportId, last: true } });

/** The same of an archive that is gathered at this moment; null when it is not any more, and its pieces may be gone. */
export async function countGatheredParts(reader: Reader, exportId: string): Promise<number | null> {
  const [row] = await reader.$queryRaw<{ count: number }[]>`
    SELECT (SELECT count(*)::int FROM export_part WHERE export_id = e.id AND last) AS count
    FROM data_export e WHERE id = ${exportId}::uuid AND status = 'GATHERING'`;
  return row?.count ?? null;
}

/** The files of an archive, with the number of their rows. */
export const listExportFiles = (
  reader: Reader,
  exportId: string,
): PromiseLike<{ service: string; file: string; rows: number }[]> =>
  reader.$queryRaw<{ service: string; file: string; rows: number }[]>`
    SELECT service, file, sum(rows)::int AS rows FROM export_part WHERE export_id = ${exportId}::uuid
    GROUP BY service, file ORDER BY service, min(index)`;

/** The next piece of a file, behind the piece `after`. */
export const findExportPartAfter = (
  reader: Reader,
  exportId: string,
  { service, file }: Pick<ExportPartRow, 'service' | 'file'>,
  after: number,
): Promise<ExportPartRow | null> =>
  reader.exportPart.findFirst({
    where: { exportId, service, file, index: { gt: after } },
    orderBy: { index: 'asc' },
  });

export const updateExportStatus = (
  tx: Tx,
  id: string,
  status: 'GATHERING' | 'PACKING',
): Promise<DataExportRow> =>
  tx.dataExport.update({ where: { id }, data: { status, version: { increment: 1 } } });

/** The archive is there, for so long; what it was made of is not needed any more. */
export async function updateExportReady(
  tx: Tx,
  id: string,
  byteSize: number,
  keptSeconds: number,
): Promise<DataExportRow> {
  await tx.exportPart.deleteMany({ where: { exportId: id } });
  await tx.$executeRaw`
    UPDATE data_export SET status = 'READY', version = version + 1, ready_at = now(), byte_size = ${byteSize}::bigint,
      expires_at = now() + ${keptSeconds}::int * interval '1 second'
    WHERE id = ${id}::uuid`;
  return tx.dataExport.findUniqueOrThrow({ where: { id } });
}

/** Archives whose time is over. */
export const listExpiredExports = (reader: Reader, limit: number): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM data_export WHERE status IN ('GATHERING', 'PACKING', 'READY') AND expires_at < now()
    ORDER BY expires_at LIMIT ${limit}`;

/** Its time is over, and so is that of the pieces of one that never became whole. */
export async function updateExportExpired(tx: Tx, id: string): Promise<void> {
  await tx.exportPart.deleteMany({ where: { exportId: id } });
  await tx.dataExport.updateMany({
    where: { id },
    data: { status: 'EXPIRED', version: { increment: 1 } },
  });
}

/** Archives by their ids, each of which is its owner's alone, and followed from its versions on. */
export type DataExportLog = LogFeed<DataExportRow, number>;

export const createDataExportLog = (
  { prisma }: Pick<Database<Client>, 'prisma'>,
  live: Live,
): DataExportLog =>
  createLogFeed({
    live,
    topicOf: dataExportOf,
    readAfter: async (followings) =>
      (await listLaterStates(prisma, followings)).map((states) => states ?? notFound('Data export')),
    placeOf: ({ version }) => version,
  });
