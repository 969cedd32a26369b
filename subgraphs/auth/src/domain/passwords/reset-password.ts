import type { Database } from '@socialhub/platform/database/database';
import { networkOf } from '@socialhub/platform/http/network';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import {
  type AccountRow,
  findAccountForUpdate,
  updateEmailVerified,
  updatePassword,
} from '../../store/accounts/accounts.ts';
import type { Client, Tx } from '../../store/client.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import {
  deleteMailToken,
  deleteMailTokensOf,
  findMailTokenAccount,
  type TokenUse,
} from '../../store/mail/mail-tokens.ts';
import { deletePasskeysOf } from '../../store/passkeys/passkeys.ts';
import { tokenRefused, tokenUse } from '../mail/mail-token-use.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';
import type { Throttles } from '../throttling/throttles.ts';
import { checkPassword } from './password.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { placeOf } from './throttle-guesses.ts';

/** A reset that may go on, its new password hashed. */
export interface CheckedReset {
  use: TokenUse;
  owner: AccountRow;
  passwordHash: string;
}

/**
 * Checks a reset. Throws BAD_USER_INPUT for a password that is no good, and for a token that is used, too old, or another
 * account's than the viewer's.
 */
export async function checkReset(
  deps: { db: Database<Client>; passwords: PasswordHasher; throttles: Throttles; client: ClientInfo },
  viewer: Viewer | null,
  input: { token: string; newPassword: string },
): Promise<CheckedReset> {
  const use = tokenUse('RESET_PASSWORD', viewer, input.token);
  const owner = await findMailTokenAccount(deps.db.prisma, use);
  if (!owner) throw tokenRefused();
  const newPassword = checkPassword('input.newPassword', input.newPassword, owner);
  // Hashing is dear: it is done for those who have a token, and the token is used up when it is done.
  const { passwords, throttles, client } = deps;
  const passwordHash = await passwords.inTurn(`reset ${owner.id}`, async () => {
    await throttles.attemptsPerPlace.count(`reset ${owner.id}`);
    return passwords.hash(newPassword, client.ipAddress);
  });
  return { use, owner, passwordHash };
}

/**
 * Gives the account a new password by the token out of a mail, and ends all its sessions. When nobody had shown before that
 * the address is theirs, its passkeys go too: whoever registered with the address of somebody else must not stay in.
 * Throws BAD_USER_INPUT for a token that was used meanwhile.
 */
export async function resetPassword(tx: Tx, { use, passwordHash }: CheckedReset): Promise<void> {
  const proof = await deleteMailToken(tx, use);
  if (!proof) throw tokenRefused();
  const { accountId: id, email } = proof;
  const before = await findAccountForUpdate(tx, id);
  if (!before?.emailVerifiedAt) await deletePasskeysOf(tx, id);
  // The mail arrived, so the address is the owner's; when it is the account's no more, the token is worth nothing.
  if (!(await updateEmailVerified(tx, id, email))) throw tokenRefused();
  await updatePassword(tx, { id }, passwordHash);
  await deleteMailTokensOf(tx, id, use.kind);
  await deleteEmailChange(tx, id);
  await endSessions(tx, id, 'PASSWORD_CHANGED');
  await sendMail(tx, 'PASSWORD_CHANGED', email);
}

/** Whoever guessed at the old password, and goes on guessing elsewhere, must not keep the owner out of the new one. */
export async function forgetFailures(
  { throttles, client }: { throttles: Throttles; client: ClientInfo },
  { email, username }: AccountRow,
): Promise<void> {
  const { ipAddress } = client;
  for (const name of [email, username]) {
    await throttles.failuresPerAccount.reset(name);
    if (ipAddress === null) continue;
    const place = placeOf(name, networkOf(ipAddress));
    await throttles.failuresPerPlace.reset(place);
    await throttles.resetsPerPlace.note(place);
  }
}
