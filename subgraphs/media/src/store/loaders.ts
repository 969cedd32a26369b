import { batchLoader } from '@socialhub/platform/loaders';
import type { Reader } from './client.ts';
import { listMedia } from './media.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups of one request, each one query however many ask. */
export const createLoaders = (reader: Reader) => ({
  media: batchLoader(
    (ids) => listMedia(reader, ids),
    (media) => media.id,
  ),
});
