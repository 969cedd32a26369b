import type { PasskeyResolvers } from '../generated/resolvers.ts';

export const Passkey: PasskeyResolvers = {
  __resolveReference: async ({ id }, { loaders, viewer }) =>
    (viewer && (await loaders.passkeys.load(viewer.userId)).find((passkey) => passkey.id === id)) ?? null,
  synced: ({ backedUp }) => backedUp,
};
