import type { AccountStandingResolvers } from '../generated/resolvers.ts';

export const AccountStanding: AccountStandingResolvers = {
  user: ({ id }) => ({ id }),
};
