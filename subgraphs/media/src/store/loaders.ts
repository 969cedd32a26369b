import { viewerLoader } from '@socialhub/platform/database/loaders';
import type { SubgraphContext } from '@socialhub/platform/subgraph/subgraph-context';
import type { Client, Reader } from './client.ts';
import { listDataExports } from './data-exports.ts';
import { listVisibleMedia } from './media.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The look-ups of one request on behalf of its viewer, and of all others at the same moment, each one query however many ask. */
export function createLoaders(context: Pick<SubgraphContext<Client>, 'db' | 'moment' | 'viewer'>) {
  const reader: Reader = context.db.prisma;
  return {
    media: viewerLoader(context, reader, listVisibleMedia),
    dataExport: viewerLoader(context, reader, listDataExports),
  };
}
