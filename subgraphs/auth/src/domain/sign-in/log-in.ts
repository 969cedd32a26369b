import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { type AccountRow, findAccountForShare } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import type { Lifetimes } from '../../store/sessions/sessions.ts';
import { type OpenSession, openSession } from '../sessions/open-session.ts';
import { twoFactorRequired } from '../two-factor/use-code.ts';
import { admit } from './admit.ts';
import { credentialsRefused } from './check-credentials.ts';

/** Who has signed in, and the session that was opened for it. */
export interface SignIn {
  account: AccountRow;
  session: OpenSession;
}

/**
 * Opens a session of the account that was `checked`, with or without a two-factor code. Throws FORBIDDEN with the reason when
 * it is suspended, UNAUTHENTICATED when its password was changed meanwhile or it is being erased, TWO_FACTOR_REQUIRED when
 * two-factor authentication was turned on meanwhile.
 */
export async function logIn(
  tx: Tx,
  checked: AccountRow,
  hasPassedTwoFactor: boolean,
  { client, lifetimes }: { client: ClientInfo; lifetimes: Lifetimes },
): Promise<SignIn> {
  const account = await findAccountForShare(tx, checked.id);
  // The password was changed while it was checked: whoever did so wants no session of the old one.
  if (account?.passwordVersion !== checked.passwordVersion) throw credentialsRefused();
  const present = await admit(tx, account);
  if (!present) throw credentialsRefused();
  const session = await openSession(tx, { ...present, hasPassedTwoFactor }, client, lifetimes);
  // Nothing but two-factor authentication, which was turned on meanwhile, can stand in the way any more.
  if (!session) throw twoFactorRequired();
  return { account: present, session };
}
