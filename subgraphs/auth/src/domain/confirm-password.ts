import { badUserInput } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity';
import type { AccountRow } from '../store/accounts.ts';
import { guessPassword } from './guess-password.ts';
import { readPassword } from './password.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { Throttles } from './throttles.ts';

/**
 * Has somebody who is signed in prove once more that they are the account's owner, before what a borrowed session must
 * not do. Throws BAD_USER_INPUT naming `field` (UNAUTHENTICATED would make clients sign them out); wrong passwords count
 * like failures to sign in.
 */
export async function confirmPassword(
  deps: { passwords: PasswordHasher; throttles: Throttles; client: ClientInfo },
  account: AccountRow,
  field: string,
  text: string,
): Promise<void> {
  const password = readPassword(text);
  const by = { account: account.id, address: deps.client.ipAddress };
  const isRight = await guessPassword(deps.throttles, by, () =>
    deps.passwords.verify(password === null ? null : account.passwordHash, password ?? ''),
  );
  if (!isRight) throw badUserInput(field, 'is not the password');
}
