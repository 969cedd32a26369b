import type { ReadyImage } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type OwnedImage = Pick<ReadyImage, 'mediaId' | 'ownerId'>;

/** Deleted or not. */
export const findReadyImage = (reader: Reader, mediaId: string): Promise<ReadyImage | null> =>
  reader.readyImage.findUnique({ where: { mediaId } });

/** Does nothing when it is known, deleted or not. */
export async function insertReadyImage(tx: Tx, image: OwnedImage): Promise<void> {
  await tx.readyImage.createMany({ data: image, skipDuplicates: true });
}

/** For good: its row stays, so that an event which comes late can't bring it back. */
export async function markImageDeleted(tx: Tx, { mediaId, ownerId }: OwnedImage): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ready_image (media_id, owner_id, is_deleted) VALUES (${mediaId}::uuid, ${ownerId}::uuid, true)
    ON CONFLICT (media_id) DO UPDATE SET is_deleted = true`;
}
