import { removalOf } from '../domain/removal.ts';
import type { ContentStandingResolvers } from '../generated/resolvers.ts';

export const ContentStanding: ContentStandingResolvers = {
  author: ({ authorId }) => ({ id: authorId }),
  removal: removalOf,
};
