import { findVisible } from '../domain/find-media.ts';
import { publishedVariant } from '../domain/variants.ts';
import type { MediaResolvers } from '../generated/resolvers.ts';

export const Media: MediaResolvers = {
  __resolveReference: ({ id }, { loaders, viewer }) => findVisible(loaders, viewer, id),
  url: (media, { variant }, { objects }) => {
    const published = publishedVariant(media, variant ?? 'LARGE');
    return published && objects.signRead(published.key, published.mimeType);
  },
};
