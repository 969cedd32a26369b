import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { limits } from '../domain/limits.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { findLatestDataExport } from '../store/data-exports.ts';

export const Query: QueryResolvers = {
  media: (_root, { id }, { loaders }) => loaders.media.load(id),
  dataExport: (_root, _args, context) =>
    findLatestDataExport(context.db.prisma, requireViewer(context).userId),
  mediaLimits: () => ({ ...limits, mimeTypes: [...limits.mimeTypes] }),
};
