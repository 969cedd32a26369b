import { badUserInput } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import { readPassword } from './password.ts';
import { checkPasswordThrottled, type ThrottledCheckDeps } from './throttle-guesses.ts';

/**
 * Has somebody who is signed in prove once more that they are the account's owner, before what a borrowed session must
 * not do. Throws BAD_USER_INPUT naming `field` (UNAUTHENTICATED would make clients sign them out); wrong passwords count
 * against this session.
 */
export async function confirmPassword(
  deps: ThrottledCheckDeps & { client: ClientInfo },
  { sessionId }: Viewer,
  account: AccountRow,
  field: string,
  text: string,
): Promise<void> {
  const password = readPassword(text);
  const { ipAddress: address } = deps.client;
  const by = { accountId: account.id, name: account.username, address, sessionId };
  const isRight = await checkPasswordThrottled(deps, by, () =>
    deps.passwords.verify(password === null ? null : account.passwordHash, password ?? '', address),
  );
  if (!isRight) throw badUserInput(field, 'is not the password');
}
