import { unauthenticated } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import type { Pool } from 'pg';
import { type AccountRow, findAccountToSignIn, updatePasswordHash } from '../../store/accounts/accounts.ts';
import { normaliseEmail } from '../mail/email-address.ts';
import { readPassword } from '../passwords/password.ts';
import { checkPasswordThrottled, type ThrottledCheckDeps } from '../passwords/throttle-guesses.ts';
import { normaliseUsername } from '../usernames/username.ts';

/**
 * The account that this identifier (email address or username) and password name. Throws UNAUTHENTICATED, with one message
 * and after the same work, whether there is no such account or the password is wrong, and RATE_LIMITED after too many
 * failures, whether there is such an account or not.
 */
export async function checkCredentials(
  deps: ThrottledCheckDeps & { client: ClientInfo },
  input: { identifier: string; password: string },
): Promise<AccountRow> {
  const { db, passwords, client } = deps;
  const { name, found } = await findByIdentifier(db.pool, input.identifier);
  const password = readPassword(input.password);
  const hash = password === null ? null : (found?.passwordHash ?? null);
  const by = {
    accountId: found?.id ?? null,
    name,
    address: client.ipAddress,
    sessionId: null,
  };
  const isRight = await checkPasswordThrottled(deps, by, () =>
    passwords.verify(hash, password ?? '', client.ipAddress),
  );
  if (!isRight || !found || password === null) throw credentialsRefused();
  if (passwords.isOutdated(found.passwordHash)) {
    await updatePasswordHash(db.prisma, found, await passwords.hash(password, client.ipAddress));
  }
  return found;
}

export const credentialsRefused = () => unauthenticated('wrong identifier or password');

/** By the one spelling of the name, which is given too. No username has an @, every address has one. */
async function findByIdentifier(
  pool: Pool,
  identifier: string,
): Promise<{ name: string; found: AccountRow | null }> {
  const [kind, name] = identifier.includes('@')
    ? (['email', normaliseEmail(identifier)] as const)
    : (['username', normaliseUsername(identifier)] as const);
  if (name === null) return { name: identifier, found: null };
  return { name, found: await findAccountToSignIn(pool, kind, name) };
}
