import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { parseId } from '@socialhub/platform/ids';
import type { Loaders } from '../store/loaders.ts';
import type { MediaRow } from '../store/media.ts';

/**
 * Whether the viewer may know of this media: READY is readable by whoever has its id, which they have from
 * something that they may see; what is not READY is its owner's alone (docs/decisions/0009).
 */
export const isVisible = (media: MediaRow, viewer: Viewer | null): boolean =>
  media.status === 'READY' || media.ownerId === viewer?.userId;

/** For a reference out of another service: null where there is nothing for this viewer. */
export async function findVisible(
  loaders: Loaders,
  viewer: Viewer | null,
  id: string,
): Promise<MediaRow | null> {
  const media = await loaders.media.load(id);
  return media && isVisible(media, viewer) ? media : null;
}

/** Throws NOT_FOUND, or BAD_USER_INPUT for what is no id. */
export async function requireVisible(loaders: Loaders, viewer: Viewer | null, id: string): Promise<MediaRow> {
  const media = await findVisible(loaders, viewer, parseId('id', id));
  if (!media) throw notFound('Media');
  return media;
}
