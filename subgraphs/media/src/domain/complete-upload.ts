import { awaitReplica } from '@socialhub/platform/await-replica';
import { settledWithin } from '@socialhub/platform/deadline';
import { CodedError, notFound, unavailable } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { findMedia, type MediaRow } from '../store/media.ts';
import type { ExaminationDeps, Examinations } from './examinations.ts';

// Less than the gateway waits for an answer. What takes longer goes on without the caller.
const patienceMs = 6_000;

const isSettled = (media: MediaRow) => media.status === 'READY' || media.status === 'FAILED';

/**
 * Has the viewer's upload examined and gives the media as it is then: READY, FAILED, AWAITING_UPLOAD with failure
 * MISSING, or PROCESSING when it takes long. Throws NOT_FOUND for another's, UNAVAILABLE when storage is away.
 */
export async function completeUpload(
  deps: ExaminationDeps & { examinations: Examinations },
  viewer: Viewer,
  mediaId: string,
): Promise<MediaRow> {
  const { db, log, examinations } = deps;
  const read = async () => {
    const media = await findMedia(db.prisma, mediaId);
    if (media?.ownerId !== viewer.userId) throw notFound('Media');
    return media;
  };
  const before = await read();
  if (isSettled(before)) return before;

  const work = examinations.examine(deps, mediaId);
  work.catch((error: unknown) => {
    if (!(error instanceof CodedError))
      log.warn({ err: error, mediaId }, 'an examination could not be finished');
  });
  const deadline = Date.now() + patienceMs;
  if (!(await settledWithin(work, patienceMs))) return read();
  await work.catch((error: unknown) => {
    throw error instanceof CodedError
      ? error
      : unavailable('The file storage does not answer; try again soon');
  });

  // Another process may be at it: its outcome is ours.
  const finished = async () => {
    const media = await read();
    return media.status === 'PROCESSING' ? null : media;
  };
  return (await awaitReplica(viewer.userId, finished, { timeoutMs: deadline - Date.now() })) ?? read();
}
