import { requireVisible } from '../domain/find-media.ts';
import { limits } from '../domain/limits.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  media: (_root, { id }, { loaders }) => requireVisible(loaders, id),
  mediaLimits: () => ({ ...limits, mimeTypes: [...limits.mimeTypes] }),
};
