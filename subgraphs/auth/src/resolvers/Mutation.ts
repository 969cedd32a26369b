import type { MutationResolvers } from '../generated/resolvers.ts';
import { deletion } from './mutations/deletion.ts';
import { emailAddress } from './mutations/email-address.ts';
import { moderation } from './mutations/moderation.ts';
import { passkeys } from './mutations/passkeys.ts';
import { passwords } from './mutations/passwords.ts';
import { registration } from './mutations/registration.ts';
import { sessions } from './mutations/sessions.ts';
import { signIn } from './mutations/sign-in.ts';
import { twoFactor } from './mutations/two-factor.ts';

export const Mutation: MutationResolvers = {
  ...registration,
  ...signIn,
  ...sessions,
  ...passwords,
  ...emailAddress,
  ...twoFactor,
  ...passkeys,
  ...deletion,
  ...moderation,
};
