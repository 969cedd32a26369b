import type { Viewer } from '@socialhub/platform/identity/identity';
import { findAccountByEmail, findAccountForUpdate, updateEmail } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import {
  deleteEmailChange,
  type EmailChangeRow,
  type End,
  updateEmailChangeConfirmed,
} from '../../store/email-address/email-changes.ts';
import { deleteMailToken, deleteMailTokensOf, type TokenUse } from '../../store/mail/mail-tokens.ts';
import { tokenRefused, tokenUse } from '../mail/mail-token-use.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';

const ends = [
  ['CHANGE_EMAIL_FROM', 'OLD'],
  ['CHANGE_EMAIL_TO', 'NEW'],
] as const satisfies [TokenUse['kind'], End][];

/**
 * Takes the token out of one of the two mails; with the second one the account has its new address, and both are told.
 * TAKEN when somebody has the address by now: the change is over then. Throws BAD_USER_INPUT for a token that is used, too
 * old, or another account's than the viewer's, and a unique violation when the address is taken at this very moment.
 */
export async function confirmEmailChange(
  tx: Tx,
  viewer: Viewer | null,
  token: string,
): Promise<'WAITING' | 'CHANGED' | 'TAKEN'> {
  for (const [kind, end] of ends) {
    const proof = await deleteMailToken(tx, tokenUse(kind, viewer, token));
    if (!proof?.changeId) continue;
    await deleteMailTokensOf(tx, proof.accountId, kind);
    const change = await updateEmailChangeConfirmed(tx, proof.changeId, end);
    if (!change) throw tokenRefused();
    return change.oldConfirmedAt && change.newConfirmedAt ? complete(tx, change) : 'WAITING';
  }
  throw tokenRefused();
}

async function complete(tx: Tx, change: EmailChangeRow): Promise<'CHANGED' | 'TAKEN'> {
  const { accountId, newEmail } = change;
  const account = await findAccountForUpdate(tx, accountId);
  if (!account || account.suspendedAt) throw tokenRefused();
  await deleteEmailChange(tx, accountId);
  if (await findAccountByEmail(tx, newEmail)) return 'TAKEN';
  await updateEmail(tx, accountId, newEmail);
  // Links that went to the old address prove nothing about the new one.
  await deleteMailTokensOf(tx, accountId);
  if (change.endOtherSessions) await endSessions(tx, accountId, 'EMAIL_CHANGED', change.sessionId);
  await sendMail(tx, 'EMAIL_CHANGED', account.email, accountId);
  await sendMail(tx, 'EMAIL_CHANGED', newEmail, accountId);
  return 'CHANGED';
}
