import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { addPasskey, checkNewPasskey } from '../../domain/passkeys/add-passkey.ts';
import { beginPasskey } from '../../domain/passkeys/begin-passkey.ts';
import { removePasskey } from '../../domain/passkeys/remove-passkey.ts';
import { renamePasskey } from '../../domain/passkeys/rename-passkey.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmOwner } from './confirm-owner.ts';

export const passkeys: MutationResolvers = {
  async beginPasskey(_root, { input }, context) {
    const viewer = requireViewer(context);
    const { row } = await confirmOwner(context, viewer, input);
    return { options: await beginPasskey(context, viewer, row) };
  },

  async addPasskey(_root, { input }, context) {
    const viewer = requireViewer(context);
    const made = await checkNewPasskey(context, viewer, input);
    return context.db.transaction((tx) => addPasskey(tx, viewer, made));
  },

  renamePasskey(_root, { input }, context) {
    const viewer = requireViewer(context);
    return context.db.transaction((tx) => renamePasskey(tx, viewer, input));
  },

  async removePasskey(_root, { input }, context) {
    const viewer = requireViewer(context);
    await confirmOwner(context, viewer, input);
    return { account: await context.db.transaction((tx) => removePasskey(tx, viewer, input.passkeyId)) };
  },
};
