import type { PasskeyResolvers } from '../generated/resolvers.ts';
import { findPasskey } from '../store/passkeys.ts';

export const Passkey: PasskeyResolvers = {
  __resolveReference: ({ id }, { db, viewer }) =>
    viewer && findPasskey(db.prisma, { id, accountId: viewer.userId }),
  synced: ({ backedUp }) => backedUp,
};
