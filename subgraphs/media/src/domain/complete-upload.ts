import { patienceLeft, poll } from '@socialhub/platform/database/await-replica';
import type { Database } from '@socialhub/platform/database/database';
import { notFound, unavailable } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { createFairQueue } from '@socialhub/platform/limits/fair-queue';
import type { Logger } from '@socialhub/platform/log';
import type { Client, Reader } from '../store/client.ts';
import { findMedia, type MediaRow, updateMissing } from '../store/media.ts';
import type { Objects } from '../store/objects.ts';

/**
 * Whoever finds no place does not wait. Of one person fewer wait than may have mutations under way, so that of a whole album each
 * file is taken in at once.
 */
const places = createFairQueue({
  name: 'examinations',
  atOnce: 64,
  atOncePerOwner: 2,
  waiting: 0,
  waitingPerOwner: 0,
  waitMs: 1_000,
});

/** The viewer's media. Throws NOT_FOUND for another's. */
async function requireOwn(reader: Reader, viewer: Viewer, mediaId: string): Promise<MediaRow> {
  const media = await findMedia(reader, mediaId);
  if (media?.ownerId !== viewer.userId || media.status === 'DELETED') throw notFound('Media');
  return media;
}

/**
 * The viewer's upload if it has to be examined; null when it was ordered before, and when nothing was uploaded, which is
 * noted as failure MISSING. Throws NOT_FOUND for another's, UNAVAILABLE when storage is away.
 */
export async function findArrival(
  { db, log, objects }: { db: Database<Client>; log: Logger; objects: Objects },
  viewer: Viewer,
  mediaId: string,
): Promise<MediaRow | null> {
  const media = await requireOwn(db.prisma, viewer, mediaId);
  if (media.status !== 'AWAITING_UPLOAD') return null;
  const hasArrived = await objects.hasUpload(mediaId).catch((error: unknown) => {
    log.warn({ err: error, mediaId }, 'the file storage does not answer');
    throw unavailable('The file storage does not answer; try again soon');
  });
  if (hasArrived) return media;
  await updateMissing(db.prisma, mediaId);
  return null;
}

/**
 * The viewer's media once it is examined: READY, FAILED, AWAITING_UPLOAD with failure MISSING, or PROCESSING when it takes
 * long. Throws NOT_FOUND for another's.
 */
export async function awaitVerdict(
  deps: { db: Database<Client>; arrivedAt: number; signal: AbortSignal; stopping: AbortSignal },
  viewer: Viewer,
  mediaId: string,
): Promise<MediaRow> {
  const read = () => requireOwn(deps.db.prisma, viewer, mediaId);
  const settled = async () => {
    const present = await read();
    return present.status === 'PROCESSING' ? null : present;
  };
  const signal = AbortSignal.any([deps.signal, deps.stopping]);
  const patienceMs = patienceLeft(deps.arrivedAt);
  if (patienceMs > 0) await places.attempt(viewer.userId, () => poll(settled, patienceMs, signal));
  return read();
}
