import { isUniqueViolation } from '@socialhub/platform/database/database-errors';
import { conflict } from '@socialhub/platform/errors';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import { cancelEmailChange } from '../../domain/email-address/cancel-email-change.ts';
import { admitEmailChange, changeEmail } from '../../domain/email-address/change-email.ts';
import { confirmEmailChange } from '../../domain/email-address/confirm-email-change.ts';
import { admitEmailVerification } from '../../domain/email-address/request-email-verification.ts';
import { verifyEmail } from '../../domain/email-address/verify-email.ts';
import { checkEmail } from '../../domain/mail/email-address.ts';
import { sendMail } from '../../domain/mail/send-mail.ts';
import { useTokenThrottled } from '../../domain/throttling/use-token-throttled.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmOwner } from './confirm-owner.ts';

export const emailAddress: MutationResolvers = {
  async requestEmailVerification(_root, _args, context) {
    const { db, throttles } = context;
    const address = await admitEmailVerification(db.prisma, throttles, requireViewer(context));
    if (address !== null) await db.transaction((tx) => sendMail(tx, 'VERIFY_EMAIL', address));
    return { sent: address !== null };
  },

  async verifyEmail(_root, { input }, context) {
    const { db, throttles, client, viewer } = context;
    const verify = () => db.transaction((tx) => verifyEmail(tx, viewer, input.token));
    await useTokenThrottled(throttles, client.ipAddress, verify);
    return { verified: true };
  },

  async changeEmail(_root, { input }, context) {
    const viewer = requireViewer(context);
    const newEmail = checkEmail('input.newEmail', input.newEmail);
    const proof = { password: input.currentPassword, twoFactorCode: input.twoFactorCode };
    const { row } = await confirmOwner(context, viewer, proof, 'input.currentPassword');
    await admitEmailChange(context, row, newEmail);
    const { endOtherSessions } = input;
    return {
      account: await context.db.transaction((tx) => changeEmail(tx, viewer, { newEmail, endOtherSessions })),
    };
  },

  /** True when the account has its new address. Throws CONFLICT when somebody has it by now. */
  async confirmEmailChange(_root, { input }, context) {
    const { db, throttles, client, viewer } = context;
    const confirm = () => db.transaction((tx) => confirmEmailChange(tx, viewer, input.token));
    const changed = await useTokenThrottled(throttles, client.ipAddress, async () => {
      const outcome = await confirm().catch((error: unknown) => {
        // Somebody took the address between our look and our write: the next try sees it.
        if (isUniqueViolation(error)) return confirm();
        throw error;
      });
      if (outcome === 'TAKEN') throw conflict('This email address has an account by now', 'input.token');
      return outcome === 'CHANGED';
    });
    return { changed };
  },

  async cancelEmailChange(_root, _args, context) {
    const viewer = requireViewer(context);
    return { account: await context.db.transaction((tx) => cancelEmailChange(tx, viewer)) };
  },
};
