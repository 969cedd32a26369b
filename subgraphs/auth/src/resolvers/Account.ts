import { findOwnAccount } from '../domain/accounts/own-account.ts';
import { listSessions } from '../domain/sessions/list-sessions.ts';
import type { AccountResolvers } from '../generated/resolvers.ts';
import { findEmailChange } from '../store/email-address/email-changes.ts';

export const Account: AccountResolvers = {
  __resolveReference: ({ id }, { db, viewer }) => findOwnAccount(db.prisma, viewer, id),
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
  user: ({ row }) => ({ id: row.id }),
  sessions: (account, args, { loaders }) => listSessions(loaders, account, args),
};
