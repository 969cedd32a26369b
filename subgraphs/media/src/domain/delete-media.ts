import { MediaDeleted } from '@socialhub/platform/contracts/media';
import { defineTask } from '@socialhub/platform/durable-tasks/task-kind';
import { insertTask } from '@socialhub/platform/durable-tasks/tasks';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import * as z from 'zod';
import type { Tx } from '../store/client.ts';
import { deleteOwnMedia } from '../store/media.ts';

/** The task that removes a file's variants from the storage (tasks/remove-media.ts). */
export const removeMediaKind = defineTask('remove_media', { mediaId: z.uuid() });

/**
 * Takes media of the viewer's own away, however far it is, and gives its id; what shows it leaves it out when it hears of that.
 * Throws NOT_FOUND, also the second time.
 */
export async function deleteMedia(tx: Tx, viewer: Viewer, mediaId: string): Promise<string> {
  const { userId: ownerId } = viewer;
  const status = await deleteOwnMedia(tx, ownerId, mediaId);
  if (!status) throw notFound('Media');
  await insertTask(tx, removeMediaKind, { mediaId }, { owner: ownerId });
  if (status === 'READY') await publish(tx, MediaDeleted, { mediaId, ownerId });
  return mediaId;
}
