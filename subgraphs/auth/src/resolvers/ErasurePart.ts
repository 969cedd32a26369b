import type { ErasurePartResolvers } from '../generated/resolvers.ts';

export const ErasurePart: ErasurePartResolvers = {
  counts: ({ counts }) =>
    Object.entries(counts as Record<string, number>).map(([what, count]) => ({ what, count })),
};
