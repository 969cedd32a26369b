import { requireViewer } from '@socialhub/platform/subgraph-context';
import type { Context } from '../context.ts';
import { deactivateAccount, deleteAccount } from '../domain/deletion/leave.ts';
import { cancelEmailChange, changeEmail } from '../domain/email-address/change-email.ts';
import { confirmEmailChange } from '../domain/email-address/confirm-email-change.ts';
import { requestEmailVerification } from '../domain/email-address/request-email-verification.ts';
import { verifyEmail } from '../domain/email-address/verify-email.ts';
import { setRole } from '../domain/moderation/set-role.ts';
import { reinstateAccount, suspendAccount } from '../domain/moderation/suspend-account.ts';
import { addPasskey, beginPasskey } from '../domain/passkeys/add-passkey.ts';
import { removePasskey } from '../domain/passkeys/remove-passkey.ts';
import { renamePasskey } from '../domain/passkeys/rename-passkey.ts';
import { changePassword } from '../domain/passwords/change-password.ts';
import { requestPasswordReset, resetPassword } from '../domain/passwords/reset-password.ts';
import { checkRegistration } from '../domain/registration/check-registration.ts';
import { register } from '../domain/registration/register.ts';
import { signAccessToken } from '../domain/sessions/access-token.ts';
import { endAllSessions } from '../domain/sessions/end-all-sessions.ts';
import { endSession } from '../domain/sessions/end-session.ts';
import { type OpenSession, openSession } from '../domain/sessions/open-session.ts';
import { refreshTokens } from '../domain/sessions/refresh-tokens.ts';
import { revokeSession } from '../domain/sessions/revoke-session.ts';
import { logIn } from '../domain/sign-in/log-in.ts';
import { beginPasskeyLogIn, logInWithPasskey } from '../domain/sign-in/log-in-with-passkey.ts';
import { guessToken } from '../domain/throttling/guess-token.ts';
import { beginTwoFactor } from '../domain/two-factor/begin-two-factor.ts';
import { confirmTwoFactor } from '../domain/two-factor/confirm-two-factor.ts';
import { disableTwoFactor } from '../domain/two-factor/disable-two-factor.ts';
import { renewRecoveryCodes } from '../domain/two-factor/renew-recovery-codes.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { AccountRow } from '../store/accounts/accounts.ts';
import type { Tx } from '../store/client.ts';

export const Mutation: MutationResolvers = {
  async register(_root, { input }, context) {
    const registration = checkRegistration(input);
    await context.throttles.registrationsPerAddress.count(context.client.ipAddress);
    const passwordHash = await context.passwords.hash(registration.password, context.client.ipAddress);
    const { account, session } = await context.db.transaction(async (tx) => {
      const account = await register(tx, registration, passwordHash);
      const entrant = { ...account, hasSecondFactor: false };
      const within = (work: (tx: Tx) => Promise<void>) => work(tx);
      const session = await openSession(tx, entrant, context.client, context.lifetimes, within);
      if (!session) throw new Error('a new account takes no session');
      return { account, session };
    });
    return signedIn(context, account, session);
  },

  async logIn(_root, { input }, context) {
    const { account, session } = await logIn(context, input);
    return signedIn(context, account, session);
  },

  async refreshTokens(_root, { input }, context) {
    const { idleSeconds } = context.lifetimes;
    const session = await refreshTokens(context.db, input.refreshToken, context.client, idleSeconds);
    return { tokens: await tokensOf(context, session.role, session) };
  },

  async logOut(_root, _args, context) {
    const { sessionId, userId } = requireViewer(context);
    const session = { id: sessionId, accountId: userId };
    return { ended: await context.db.transaction((tx) => endSession(tx, session, 'LOGGED_OUT')) };
  },

  async revokeSession(_root, { input }, context) {
    const viewer = requireViewer(context);
    return { account: await context.db.transaction((tx) => revokeSession(tx, viewer, input.sessionId)) };
  },

  async endAllSessions(_root, { input }, context) {
    const viewer = requireViewer(context);
    return {
      account: await context.db.transaction((tx) => endAllSessions(tx, viewer, input.exceptCurrent ?? false)),
    };
  },

  changePassword: async (_root, { input }, context) => ({
    account: await changePassword(context, requireViewer(context), input),
  }),

  async requestPasswordReset(_root, { input }, context) {
    await requestPasswordReset(context, input.email);
    return { sent: true };
  },

  async resetPassword(_root, { input }, context) {
    const { throttles, client, viewer } = context;
    await guessToken(throttles, client.ipAddress, () => resetPassword(context, viewer, input));
    return { reset: true };
  },

  async requestEmailVerification(_root, _args, context) {
    return { sent: await requestEmailVerification(context, requireViewer(context)) };
  },

  async verifyEmail(_root, { input }, context) {
    const { db, throttles, client, viewer } = context;
    const verify = () => db.transaction((tx) => verifyEmail(tx, viewer, input.token));
    await guessToken(throttles, client.ipAddress, verify);
    return { verified: true };
  },

  beginTwoFactor: (_root, { input }, context) => beginTwoFactor(context, requireViewer(context), input),

  confirmTwoFactor: (_root, { input }, context) => confirmTwoFactor(context, requireViewer(context), input),

  renewRecoveryCodes: (_root, { input }, context) =>
    renewRecoveryCodes(context, requireViewer(context), input),

  disableTwoFactor: async (_root, { input }, context) => ({
    account: await disableTwoFactor(context, requireViewer(context), input),
  }),

  beginPasskeyLogIn: async (_root, _args, context) => ({ options: await beginPasskeyLogIn(context) }),

  async logInWithPasskey(_root, { input }, context) {
    const { account, session } = await logInWithPasskey(context, input);
    return signedIn(context, account, session);
  },

  beginPasskey: async (_root, { input }, context) => ({
    options: await beginPasskey(context, requireViewer(context), input),
  }),

  addPasskey: (_root, { input }, context) => addPasskey(context, requireViewer(context), input),

  renamePasskey(_root, { input }, context) {
    const viewer = requireViewer(context);
    return context.db.transaction((tx) => renamePasskey(tx, viewer, input));
  },

  removePasskey: async (_root, { input }, context) => ({
    account: await removePasskey(context, requireViewer(context), input),
  }),

  changeEmail: async (_root, { input }, context) => ({
    account: await changeEmail(context, requireViewer(context), input),
  }),

  async confirmEmailChange(_root, { input }, context) {
    const { db, throttles, client, viewer } = context;
    const confirm = () => confirmEmailChange(db, viewer, input.token);
    return { changed: await guessToken(throttles, client.ipAddress, confirm) };
  },

  async cancelEmailChange(_root, _args, context) {
    const viewer = requireViewer(context);
    return { account: await context.db.transaction((tx) => cancelEmailChange(tx, viewer)) };
  },

  async deactivateAccount(_root, { input }, context) {
    await deactivateAccount(context, requireViewer(context), input);
    return { deactivated: true };
  },

  deleteAccount: async (_root, { input }, context) => ({
    deletedAfter: await deleteAccount(context, requireViewer(context), input),
  }),

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

async function signedIn(context: Context, row: AccountRow, session: OpenSession) {
  return {
    tokens: await tokensOf(context, row.role, session),
    account: { row, currentSessionId: session.sessionId },
    user: { id: row.id },
  };
}

async function tokensOf({ keyring, tokenSettings }: Context, role: AccountRow['role'], session: OpenSession) {
  return {
    ...(await signAccessToken(keyring, tokenSettings, { ...session, role })),
    refreshToken: session.refreshToken,
    refreshTokenExpiresAt: session.expiresAt,
  };
}
