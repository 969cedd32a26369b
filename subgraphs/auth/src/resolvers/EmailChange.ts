import type { EmailChangeResolvers } from '../generated/resolvers.ts';

export const EmailChange: EmailChangeResolvers = {
  requestedAt: ({ createdAt }) => createdAt,
  oldConfirmed: ({ oldConfirmedAt }) => oldConfirmedAt !== null,
  newConfirmed: ({ newConfirmedAt }) => newConfirmedAt !== null,
};
