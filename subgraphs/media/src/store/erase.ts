import type { Reader, Tx } from './client.ts';

/** The next of a person's media to erase, in the order in which `eraseMedia` takes them. */
export const listMediaToErase = async (reader: Reader, ownerId: string, limit: number): Promise<string[]> => {
  const rows = await reader.media.findMany({
    where: { ownerId },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

export const eraseMedia = async (tx: Tx, ownerId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM media WHERE id IN (SELECT id FROM media WHERE owner_id = ${ownerId}::uuid ORDER BY id LIMIT ${limit})`;

/** The next of the archives of a person's data to erase, in the order in which `eraseExports` takes them. */
export const listExportsToErase = async (
  reader: Reader,
  userId: string,
  limit: number,
): Promise<string[]> => {
  const rows = await reader.dataExport.findMany({
    where: { userId },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

export const eraseExports = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM data_export WHERE id IN (
      SELECT id FROM data_export WHERE user_id = ${userId}::uuid ORDER BY id LIMIT ${limit})`;
