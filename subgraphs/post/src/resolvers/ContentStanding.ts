import { removalOf } from '../domain/moderation/removal.ts';
import type { ContentStandingResolvers } from '../generated/resolvers.ts';

export const ContentStanding: ContentStandingResolvers = {
  author: ({ authorId }) => ({ id: authorId }),
  removal: removalOf,
};
