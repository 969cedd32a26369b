import type { ReadyImage } from '../generated/prisma/client.ts';
import type { Reader, Tx } from './client.ts';

export const findReadyImage = (reader: Reader, mediaId: string): Promise<ReadyImage | null> =>
  reader.readyImage.findUnique({ where: { mediaId } });

export async function insertReadyImage(tx: Tx, image: ReadyImage): Promise<void> {
  await tx.readyImage.createMany({ data: image, skipDuplicates: true });
}
