import { publishedVariant } from '../domain/variants.ts';
import type { MediaResolvers } from '../generated/resolvers.ts';

export const Media: MediaResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.media.load(id),
  url: (media, { variant }, { objects }) => {
    const published = publishedVariant(media, variant ?? 'LARGE');
    return published && objects.signRead(published.key, published.mimeType);
  },
};
