import { batchLoader } from '@socialhub/platform/database/loaders';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from './client.ts';
import { listDataExports } from './data-exports.ts';
import { listVisibleMedia } from './media.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups of one request on behalf of `viewer`, each one query however many ask. */
export const createLoaders = (reader: Reader, viewer: Viewer | null) => ({
  media: batchLoader(
    (ids) => listVisibleMedia(reader, viewer, ids),
    (media) => media.id,
  ),
  dataExport: batchLoader(
    async (ids) => (viewer ? listDataExports(reader, { ids, userId: viewer.userId }) : []),
    (dataExport) => dataExport.id,
  ),
});
