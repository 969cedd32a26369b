import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { ownAccount } from '../../domain/accounts/own-account.ts';
import { confirmPassword } from '../../domain/passwords/confirm-password.ts';
import { beginTwoFactor } from '../../domain/two-factor/begin-two-factor.ts';
import { checkFirstCode, confirmTwoFactor } from '../../domain/two-factor/confirm-two-factor.ts';
import { disableTwoFactor } from '../../domain/two-factor/disable-two-factor.ts';
import { newRecoveryCodes } from '../../domain/two-factor/recovery-codes.ts';
import { renewRecoveryCodes } from '../../domain/two-factor/renew-recovery-codes.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmOwner } from './confirm-owner.ts';

export const twoFactor: MutationResolvers = {
  async beginTwoFactor(_root, { input }, context) {
    const { db, totpSeal } = context;
    const viewer = requireViewer(context);
    const { row } = await ownAccount(db.prisma, viewer);
    await confirmPassword(context, viewer, row, 'input.password', input.password);
    return db.transaction((tx) => beginTwoFactor(tx, viewer, row, totpSeal));
  },

  async confirmTwoFactor(_root, { input }, context) {
    const viewer = requireViewer(context);
    const first = await checkFirstCode(context, viewer, input);
    const codes = await newRecoveryCodes(context.passwords, context.client.ipAddress);
    return context.db.transaction((tx) => confirmTwoFactor(tx, viewer, first, codes));
  },

  async renewRecoveryCodes(_root, { input }, context) {
    const viewer = requireViewer(context);
    await confirmOwner(context, viewer, input);
    const codes = await newRecoveryCodes(context.passwords, context.client.ipAddress);
    return context.db.transaction((tx) => renewRecoveryCodes(tx, viewer, codes));
  },

  async disableTwoFactor(_root, { input }, context) {
    const viewer = requireViewer(context);
    await confirmOwner(context, viewer, input);
    return { account: await context.db.transaction((tx) => disableTwoFactor(tx, viewer)) };
  },
};
