import type { PasskeyResolvers } from '../generated/resolvers.ts';

export const Passkey: PasskeyResolvers = {
  synced: ({ backedUp }) => backedUp,
};
