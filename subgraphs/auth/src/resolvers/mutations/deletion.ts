import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { deactivateAccount } from '../../domain/deletion/deactivate-account.ts';
import { deleteAccount } from '../../domain/deletion/delete-account.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmOwner } from './confirm-owner.ts';

export const deletion: MutationResolvers = {
  async deactivateAccount(_root, { input }, context) {
    const viewer = requireViewer(context);
    await confirmOwner(context, viewer, input);
    await context.db.transaction((tx) => deactivateAccount(tx, viewer));
    return { deactivated: true };
  },

  async deleteAccount(_root, { input }, context) {
    const { db, graceSeconds } = context;
    const viewer = requireViewer(context);
    await confirmOwner(context, viewer, input);
    return { deletedAfter: await db.transaction((tx) => deleteAccount(tx, viewer, graceSeconds)) };
  },
};
