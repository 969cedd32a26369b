import { requireViewer } from '@socialhub/platform/subgraph-context';
import { ownAccount } from '../domain/account.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  account: (_root, _args, context) => ownAccount(context.db.prisma, requireViewer(context)),
};
