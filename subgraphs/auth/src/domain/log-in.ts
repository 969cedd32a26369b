import { unauthenticated } from '@socialhub/platform/errors';
import { type AccountRow, findAccountByEmail, findAccountByUsername } from '../store/accounts.ts';
import type { Reader } from '../store/client.ts';
import { normaliseEmail } from './email.ts';
import { isPossiblePassword, normalisePassword } from './password.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { normaliseUsername } from './username.ts';

/**
 * The account that this identifier (email address or username) and password open. Throws UNAUTHENTICATED, with one
 * message and after the same work, whether there is no such account or the password is wrong.
 */
export async function logIn(
  reader: Reader,
  passwords: PasswordHasher,
  input: { identifier: string; password: string },
): Promise<AccountRow> {
  const account = await findByIdentifier(reader, input.identifier);
  const password = input.password.length <= 1_000 ? normalisePassword(input.password) : '';
  const hash = account && isPossiblePassword(password) ? account.passwordHash : null;
  if (!(await passwords.verify(hash, password)) || !account) {
    throw unauthenticated('wrong identifier or password');
  }
  return account;
}

/** No username has an @, every address has one. */
async function findByIdentifier(reader: Reader, identifier: string): Promise<AccountRow | null> {
  if (identifier.includes('@')) {
    const email = normaliseEmail(identifier);
    return email === null ? null : findAccountByEmail(reader, email);
  }
  const username = normaliseUsername(identifier);
  return username === null ? null : findAccountByUsername(reader, username);
}
