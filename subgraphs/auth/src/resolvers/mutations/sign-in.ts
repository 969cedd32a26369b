import { CodedError } from '@socialhub/platform/errors';
import type { Context } from '../../context.ts';
import { endSurplusSessions } from '../../domain/sessions/end-session.ts';
import { beginSession } from '../../domain/sessions/open-session.ts';
import { beginPasskeyLogIn } from '../../domain/sign-in/begin-passkey-log-in.ts';
import { checkCredentials } from '../../domain/sign-in/check-credentials.ts';
import { logIn, type SignIn } from '../../domain/sign-in/log-in.ts';
import { checkPasskey, logInWithPasskey } from '../../domain/sign-in/log-in-with-passkey.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { confirmCode, type FactorChecks } from './confirm-owner.ts';
import { signedIn } from './signed-in.ts';

export const signIn: MutationResolvers = {
  logIn: async (_root, { input }, context) => signedIn(context, await logInByPassword(context, input)),

  beginPasskeyLogIn: async (_root, _args, context) => ({ options: await beginPasskeyLogIn(context) }),

  async logInWithPasskey(_root, { input }, context) {
    const use = await checkPasskey(context, input);
    return signedIn(context, await context.db.transaction((tx) => logInWithPasskey(tx, use, context)));
  },
};

/**
 * Opens a session of the account that this identifier and password name. Throws what `checkCredentials` and `logIn` do.
 * Where two-factor authentication is on, whoever has the right password is asked for a code: TWO_FACTOR_REQUIRED without one,
 * UNAUTHENTICATED naming `input.twoFactorCode` for a wrong one.
 */
export async function logInByPassword(
  context: FactorChecks & Pick<Context, 'lifetimes'>,
  input: { identifier: string; password: string; twoFactorCode?: string | null },
): Promise<SignIn> {
  const { db, client, lifetimes } = context;
  const account = await checkCredentials(context, input);
  // Most have one factor and nothing to come back from: for them this is all.
  const begun = await beginSession(db.prisma, { ...account, hasPassedTwoFactor: false }, client, lifetimes);
  if (begun) {
    if (begun.isOneTooMany) await db.transaction((tx) => endSurplusSessions(tx, account.id));
    return { account, session: begun.session };
  }
  const hasPassedTwoFactor = await confirmCode(context, account, null, input.twoFactorCode, codeRefused);
  return db.transaction((tx) => logIn(tx, account, hasPassedTwoFactor, context));
}

const codeRefused = () =>
  new CodedError('UNAUTHENTICATED', 'This code is not right, or was used', { field: 'input.twoFactorCode' });
