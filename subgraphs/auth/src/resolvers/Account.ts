import type { AccountResolvers } from '../generated/resolvers.ts';
import { findEmailChange } from '../store/email-changes.ts';

export const Account: AccountResolvers = {
  id: ({ row }) => row.id,
  email: ({ row }) => row.email,
  emailVerified: ({ row }) => row.emailVerifiedAt !== null,
  role: ({ row }) => row.role,
  twoFactorEnabled: async ({ row }, _args, { loaders }) => (await loaders.twoFactor.load(row.id)) !== null,
  recoveryCodesLeft: async ({ row }, _args, { loaders }) =>
    (await loaders.twoFactor.load(row.id))?.codesLeft ?? null,
  passkeys: ({ row }, _args, { loaders }) => loaders.passkeys.load(row.id),
  createdAt: ({ row }) => row.createdAt,
  pendingEmailChange: ({ row }, _args, { db }) => findEmailChange(db.prisma, row.id),
  async sessions({ row, currentSessionId }, _args, { loaders }) {
    const sessions = await loaders.sessions.load(row.id);
    return sessions.map((session) => ({ ...session, current: session.id === currentSessionId }));
  },
};
