import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { ownAccount } from '../domain/accounts/own-account.ts';
import { accountErasures } from '../domain/deletion/account-erasures.ts';
import { accountStanding } from '../domain/moderation/account-standing.ts';
import { auditLog } from '../domain/moderation/audit-log.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  account: (_root, _args, context) => ownAccount(context.db.prisma, requireViewer(context)),
  accountErasures: (_root, args, context) => accountErasures(context.db.prisma, requireViewer(context), args),
  accountStanding: (_root, { userId }, context) =>
    accountStanding(context.db.prisma, requireViewer(context), userId),
  auditLog: (_root, args, context) => auditLog(context.db.prisma, requireViewer(context), args),
};
