import { CodedError, unauthenticated } from '@socialhub/platform/errors';
import type { Pool } from 'pg';
import {
  type AccountRow,
  findAccountForShare,
  findAccountToSignIn,
  updatePasswordHash,
} from '../../store/accounts/accounts.ts';
import type { Lifetimes } from '../../store/sessions/sessions.ts';
import { normaliseEmail } from '../mail/email-address.ts';
import { guessPassword } from '../passwords/guess-password.ts';
import { readPassword } from '../passwords/password.ts';
import { type OpenSession, openSession } from '../sessions/open-session.ts';
import { type CodeDeps, confirmCode, twoFactorRequired } from '../two-factor/confirm-code.ts';
import { normaliseUsername } from '../usernames/username.ts';
import { admit } from './admit.ts';

/**
 * Opens a session of the account that this identifier (email address or username) and password name. Throws
 * UNAUTHENTICATED, with one message and after the same work, whether there is no such account or the password is wrong,
 * FORBIDDEN with the reason when the account is suspended, and RATE_LIMITED after too many failures, whether there is such an account or not.
 * Where two factors are on, whoever has the right password is asked for a code: TWO_FACTOR_REQUIRED without one,
 * UNAUTHENTICATED naming `input.twoFactorCode` for a wrong one.
 */
export async function logIn(
  deps: CodeDeps & { lifetimes: Lifetimes },
  input: { identifier: string; password: string; twoFactorCode?: string | null },
): Promise<{ account: AccountRow; session: OpenSession }> {
  const { db, passwords, client, lifetimes } = deps;
  const { name, found } = await findByIdentifier(db.pool, input.identifier);
  const password = readPassword(input.password);
  const hash = password === null ? null : (found?.passwordHash ?? null);
  const by = {
    accountId: found?.id ?? null,
    name,
    address: client.ipAddress,
    sessionId: null,
  };
  const isRight = await guessPassword(deps, by, () =>
    passwords.verify(hash, password ?? '', client.ipAddress),
  );
  if (!isRight || !found || password === null) throw refused();
  if (passwords.isOutdated(found.passwordHash)) {
    await updatePasswordHash(db.prisma, found, await passwords.hash(password, client.ipAddress));
  }
  // Most have one factor and nothing to come back from: for them this is all.
  const entrant = { ...found, hasSecondFactor: false };
  const session = await openSession(db.prisma, entrant, client, lifetimes, (work) => db.transaction(work));
  if (session) return { account: found, session };
  const hasSecondFactor = await confirmCode(deps, found, null, input.twoFactorCode, codeRefused);
  return db.transaction(async (tx) => {
    const account = await findAccountForShare(tx, found.id);
    // The password was changed while it was checked: whoever did so wants no session of the old one.
    if (account?.passwordVersion !== found.passwordVersion) throw refused();
    const present = await admit(tx, account);
    if (!present) throw refused();
    const entrant = { ...present, hasSecondFactor };
    const session = await openSession(tx, entrant, client, lifetimes, (work) => work(tx));
    // Nothing but two factors, which were turned on meanwhile, can stand in the way any more.
    if (!session) throw twoFactorRequired();
    return { account: present, session };
  });
}

const refused = () => unauthenticated('wrong identifier or password');

const codeRefused = () =>
  new CodedError('UNAUTHENTICATED', 'This code is not right, or was used', { field: 'input.twoFactorCode' });

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
