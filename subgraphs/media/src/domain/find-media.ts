import { notFound } from '@socialhub/platform/errors';
import type { Loaders } from '../store/loaders.ts';
import type { VisibleMedia } from '../store/media.ts';

/** Media that the viewer may know of. Throws NOT_FOUND. */
export async function requireVisible(loaders: Loaders, id: string): Promise<VisibleMedia> {
  const media = await loaders.media.load(id);
  if (!media) throw notFound('Media');
  return media;
}
