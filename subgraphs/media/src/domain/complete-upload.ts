import { poll } from '@socialhub/platform/await-replica';
import type { Database } from '@socialhub/platform/database';
import { notFound, unavailable } from '@socialhub/platform/errors';
import { createFairQueue } from '@socialhub/platform/fair-queue';
import type { Viewer } from '@socialhub/platform/identity';
import type { Logger } from '@socialhub/platform/log';
import type { Client } from '../store/client.ts';
import { findMedia, type MediaRow, updateMissing } from '../store/media.ts';
import type { Objects } from '../store/objects.ts';
import { orderExamination } from './examine-media.ts';

// Less than the gateway waits for an answer. What takes longer goes on without the caller.
const patienceMs = 6_000;

/** Whoever finds no place does not wait. */
const places = createFairQueue({
  atOnce: 64,
  atOncePerOwner: 8,
  waiting: 0,
  waitingPerOwner: 0,
  waitMs: 1_000,
});

/**
 * Has the viewer's upload examined and gives the media as it is then: READY, FAILED, AWAITING_UPLOAD with failure
 * MISSING, or PROCESSING when it takes long. Throws NOT_FOUND for another's, UNAVAILABLE when storage is away.
 */
export async function completeUpload(
  deps: { db: Database<Client>; log: Logger; objects: Objects; signal: AbortSignal; stopping: AbortSignal },
  viewer: Viewer,
  mediaId: string,
): Promise<MediaRow> {
  const { db, log, objects } = deps;
  const read = async () => {
    const media = await findMedia(db.prisma, mediaId);
    if (media?.ownerId !== viewer.userId) throw notFound('Media');
    return media;
  };
  const media = await read();
  if (media.status === 'AWAITING_UPLOAD') {
    const hasArrived = await objects.hasUpload(mediaId).catch((error: unknown) => {
      log.warn({ err: error, mediaId }, 'the file storage does not answer');
      throw unavailable('The file storage does not answer; try again soon');
    });
    if (!hasArrived) {
      await updateMissing(db.prisma, mediaId);
      return read();
    }
    await db.transaction((tx) => orderExamination(tx, media));
  }
  const settled = async () => {
    const present = await read();
    return present.status === 'PROCESSING' ? null : present;
  };
  const signal = AbortSignal.any([deps.signal, deps.stopping]);
  await places.attempt(viewer.userId, () => poll(settled, patienceMs, signal));
  return read();
}
