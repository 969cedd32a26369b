import { checkRegistration } from '../../domain/registration/check-registration.ts';
import { register } from '../../domain/registration/register.ts';
import { openSession } from '../../domain/sessions/open-session.ts';
import type { MutationResolvers } from '../../generated/resolvers.ts';
import { signedIn } from './signed-in.ts';

export const registration: MutationResolvers = {
  async register(_root, { input }, context) {
    const { db, client, throttles, passwords, lifetimes } = context;
    const checked = checkRegistration(input);
    await throttles.registrationsPerAddress.count(client.ipAddress);
    const passwordHash = await passwords.hash(checked.password, client.ipAddress);
    const signIn = await db.transaction(async (tx) => {
      const account = await register(tx, checked, passwordHash);
      const session = await openSession(tx, { ...account, hasPassedTwoFactor: false }, client, lifetimes);
      if (!session) throw new Error('a new account takes no session');
      return { account, session };
    });
    return signedIn(context, signIn);
  },
};
