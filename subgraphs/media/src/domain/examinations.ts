import { availableParallelism } from 'node:os';
import { MediaReady } from '@socialhub/platform/contracts/media';
import type { Database } from '@socialhub/platform/database';
import { publish } from '@socialhub/platform/events/outbox';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Logger } from '@socialhub/platform/log';
import type { Client } from '../store/client.ts';
import {
  claimMedia,
  findMedia,
  type MediaRow,
  releaseMedia,
  settleFailed,
  settleReady,
} from '../store/media.ts';
import type { Objects } from '../store/objects.ts';
import { examineImage, type Verdict } from './examine-image.ts';
import { limits } from './limits.ts';
import { createSlots } from './slots.ts';
import { variantKey } from './variants.ts';

export interface ExaminationDeps {
  db: Database<Client>;
  log: Logger;
}

/** The examinations that this process carries out. */
export interface Examinations {
  /**
   * Examines what was uploaded and settles the media as READY or FAILED; with nothing there it stays AWAITING_UPLOAD
   * with failure MISSING. Does nothing when another worker is at it. Throws when storage or database do not answer;
   * the media is then as before.
   */
  examine(deps: ExaminationDeps, mediaId: string): Promise<void>;
  /** Resolves when none is going on. */
  idle(): Promise<void>;
}

const maxClaims = 3;

/** A crash, of the process or of its machine, ends an examination without a trace but the claim, which runs out. */
export function createExaminations(objects: Objects): Examinations {
  const slots = createSlots(Math.max(1, Math.floor(availableParallelism() / 2)), 32);
  const going = new Map<string, Promise<void>>();

  return {
    examine(deps, mediaId) {
      let work = going.get(mediaId);
      if (!work) {
        work = slots(() => examineClaimed(deps, objects, mediaId)).finally(() => going.delete(mediaId));
        going.set(mediaId, work);
      }
      return work;
    },
    async idle() {
      await Promise.allSettled(going.values());
    },
  };
}

async function examineClaimed(
  { db, log }: ExaminationDeps,
  objects: Objects,
  mediaId: string,
): Promise<void> {
  const claimId = uuidv7();
  if (!(await claimMedia(db.prisma, mediaId, claimId))) return;
  const media = await findMedia(db.prisma, mediaId);
  if (!media) return;
  try {
    const verdict = await judge(objects, media);
    if (verdict === 'MISSING') return await releaseMedia(db.prisma, mediaId, claimId, 'MISSING');
    if ('failure' in verdict) await settleFailed(db.prisma, mediaId, claimId, verdict.failure);
    else await publishVerdict(db, objects, media, claimId, verdict);
  } catch (error) {
    await releaseMedia(db.prisma, mediaId, claimId, null);
    throw error;
  }
  // What stays behind here, or is uploaded once more with a ticket that still holds, housekeeping removes.
  await objects.removeUpload(mediaId).catch((error: unknown) => {
    log.warn({ err: error, mediaId }, 'an examined upload could not be removed from quarantine yet');
  });
}

async function judge(objects: Objects, media: MediaRow): Promise<Verdict | 'MISSING'> {
  if (media.claims > maxClaims) return { failure: 'CORRUPT' };
  const bytes = await objects.readUpload(media.id, Math.min(media.byteSize, limits.maxImageBytes));
  if (bytes === 'MISSING') return bytes;
  if (bytes === 'TOO_LARGE') return { failure: 'TOO_LARGE' };
  return examineImage(bytes, media.mimeType);
}

async function publishVerdict(
  db: Database<Client>,
  objects: Objects,
  media: MediaRow,
  claimId: string,
  { found, renderings }: Exclude<Verdict, { failure: unknown }>,
): Promise<void> {
  const published = renderings.map(({ variant, mimeType, bytes }) => ({
    key: variantKey(media.id, claimId, variant, mimeType),
    mimeType,
    bytes,
  }));
  let settled = false;
  try {
    await Promise.all(published.map((object) => objects.publish(object)));
    settled = await db.transaction(async (tx) => {
      const isOurs = await settleReady(tx, media.id, claimId, found);
      if (isOurs)
        await publish(tx, MediaReady, { mediaId: media.id, ownerId: media.ownerId, kind: media.kind });
      return isOurs;
    });
  } finally {
    if (!settled) await objects.unpublish(published.map(({ key }) => key));
  }
}
