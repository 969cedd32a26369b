import type { ReadyMedia } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export async function insertReadyMedia(tx: Tx, media: ReadyMedia): Promise<void> {
  await tx.readyMedia.createMany({ data: media, skipDuplicates: true });
}

export const listReadyMedia = (reader: Reader, ids: readonly string[]): Promise<ReadyMedia[]> =>
  reader.readyMedia.findMany({ where: { id: { in: [...ids] } } });
