import { availableParallelism } from 'node:os';
import { MediaReady } from '@socialhub/platform/contracts/media';
import type { Database } from '@socialhub/platform/database/database';
import { type Step, type Task, task } from '@socialhub/platform/durable-tasks/tasks';
import { publish } from '@socialhub/platform/events/outbox';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Verdict } from '../domain/examine-image.ts';
import { limits } from '../domain/limits.ts';
import { examineMediaKind } from '../domain/order-examination.ts';
import type { Renderers } from '../domain/renderers.ts';
import { variantKey } from '../domain/variants.ts';
import type { Client, Tx } from '../store/client.ts';
import {
  beginAttempt,
  type MediaRow,
  settleFailed,
  settleReady,
  undoAttempt,
  updateMissing,
} from '../store/media.ts';
import type { Objects } from '../store/objects.ts';

type Examination = { mediaId: string };

/** A crash, of the process or of its machine, ends an attempt without a trace. */
const maxAttempts = 3;

/**
 * Examines what was uploaded and settles the media as READY or FAILED; with nothing there it is AWAITING_UPLOAD again,
 * with failure MISSING. When storage or database do not answer, it is tried again later.
 */
export const examineMedia = (objects: Objects, renderers: Renderers): Task<Client> =>
  task<Client, null, Examination>(
    examineMediaKind,
    async ({ db, log }, step) => {
      const media = await beginAttempt(db.prisma, step.payload.mediaId);
      if (!media) return db.transaction((tx) => step.finish(tx));
      try {
        const verdict = await judge(objects, renderers, media, step.signal);
        if (verdict === 'MISSING') return await settle(db, step, (tx) => updateMissing(tx, media.id));
        if ('failure' in verdict) await settle(db, step, (tx) => settleFailed(tx, media.id, verdict.failure));
        else await publishVerdict(db, objects, media, step, verdict);
      } catch (error) {
        // It was not the file's fault.
        await undoAttempt(db.prisma, media.id);
        throw error;
      }
      // What stays behind here, or is uploaded once more with a ticket that still holds, housekeeping removes.
      await objects.removeUpload(media.id).catch((error: unknown) => {
        log.warn(
          { err: error, mediaId: media.id },
          'an examined upload could not be removed from quarantine yet',
        );
      });
    },
    // Two at least, so that one owner's, which come one by one, do not hold up another's.
    { lanes: Math.max(2, Math.floor(availableParallelism() / 2)), perOwner: 1, budgetMs: 120_000 },
  );

const settle = (
  db: Database<Client>,
  step: Step<null, Examination>,
  write: (tx: Tx) => Promise<unknown>,
): Promise<void> =>
  db.transaction(async (tx) => {
    await write(tx);
    await step.finish(tx);
  });

async function judge(
  objects: Objects,
  renderers: Renderers,
  media: MediaRow,
  signal: AbortSignal,
): Promise<Verdict | 'MISSING'> {
  if (media.attempts > maxAttempts) return { failure: 'CORRUPT' };
  const bytes = await objects.readUpload(media.id, Math.min(media.byteSize, limits.maxImageBytes));
  if (bytes === 'MISSING') return bytes;
  if (bytes === 'TOO_LARGE') return { failure: 'TOO_LARGE' };
  return renderers.examine(bytes, media.mimeType, signal);
}

async function publishVerdict(
  db: Database<Client>,
  objects: Objects,
  media: MediaRow,
  step: Step<null, Examination>,
  { found, renderings }: Exclude<Verdict, { failure: unknown }>,
): Promise<void> {
  // A folder of this attempt, so that no two workers write the same file.
  const folder = uuidv7();
  const published = renderings.map(({ variant, mimeType, bytes }) => ({
    key: variantKey(media.id, folder, variant, mimeType),
    mimeType,
    bytes,
  }));
  let settled = false;
  try {
    await Promise.all(published.map((object) => objects.publish(object)));
    settled = await db.transaction(async (tx) => {
      const isWanted = await settleReady(tx, media.id, folder, found);
      if (isWanted)
        await publish(tx, MediaReady, { mediaId: media.id, ownerId: media.ownerId, kind: media.kind });
      await step.finish(tx);
      return isWanted;
    });
  } finally {
    if (!settled) await objects.unpublish(published.map(({ key }) => key));
  }
}
