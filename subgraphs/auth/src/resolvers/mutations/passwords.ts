import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { ownAccount } from '../../domain/accounts/own-account.ts';
import { sendMail } from '../../domain/mail/send-mail.ts';
import { changePassword } from '../../domain/passwords/change-password.ts';
import { checkPassword } from '../../domain/passwords/password.ts';
import { admitPasswordReset } from '../../domain/passwords/request-password-reset.ts';
import { checkReset, forgetFailures, resetPassword } from '../../domain/passwords/reset-password.ts';
import { useTokenThrottled } from '../../domain/throttling/use-token-throttled.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmOwner } from './confirm-owner.ts';

export const passwords: MutationResolvers = {
  async changePassword(_root, { input }, context) {
    const { db, client } = context;
    const viewer = requireViewer(context);
    const { row: present } = await ownAccount(db.prisma, viewer);
    const newPassword = checkPassword('input.newPassword', input.newPassword, present);
    const proof = { password: input.currentPassword, twoFactorCode: input.twoFactorCode };
    const { row: checked } = await confirmOwner(context, viewer, proof, 'input.currentPassword');
    const passwordHash = await context.passwords.hash(newPassword, client.ipAddress);
    return { account: await db.transaction((tx) => changePassword(tx, viewer, checked, passwordHash)) };
  },

  /** Whether anybody has the address is found out when the mail is sent: the answer, and the time it takes, is the same for all. */
  async requestPasswordReset(_root, { input }, context) {
    const address = await admitPasswordReset(context, input.email);
    if (address !== null) await context.db.transaction((tx) => sendMail(tx, 'RESET_PASSWORD', address));
    return { sent: true };
  },

  async resetPassword(_root, { input }, context) {
    const { db, throttles, client, viewer } = context;
    await useTokenThrottled(throttles, client.ipAddress, async () => {
      const checked = await checkReset(context, viewer, input);
      await db.transaction((tx) => resetPassword(tx, checked));
      await forgetFailures(context, checked.owner);
    });
    return { reset: true };
  },
};
