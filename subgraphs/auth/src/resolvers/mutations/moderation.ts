import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { reinstateAccount } from '../../domain/moderation/reinstate-account.ts';
import { setRole } from '../../domain/moderation/set-role.ts';
import { suspendAccount } from '../../domain/moderation/suspend-account.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';

export const moderation: MutationResolvers = {
  async setRole(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { standing: await context.db.transaction((tx) => setRole(tx, viewer, input)) };
  },

  async suspendAccount(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { standing: await context.db.transaction((tx) => suspendAccount(tx, viewer, input)) };
  },

  async reinstateAccount(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { standing: await context.db.transaction((tx) => reinstateAccount(tx, viewer, input.userId)) };
  },
};
