import { notFound } from '@socialhub/platform/errors';
import { parseId } from '@socialhub/platform/ids';
import type { Loaders } from '../store/loaders.ts';
import type { VisibleMedia } from '../store/media.ts';

/** Media that the viewer may know of. Throws NOT_FOUND, or BAD_USER_INPUT for what is no id. */
export async function requireVisible(loaders: Loaders, id: string): Promise<VisibleMedia> {
  const media = await loaders.media.load(parseId('id', id));
  if (!media) throw notFound('Media');
  return media;
}
