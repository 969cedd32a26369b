import { forbidden } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, updateAway, updateBack } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';
import { planErasure } from './begin-erasure.ts';

/**
 * Hides the viewer, who has shown all their factors, from everybody and signs them out everywhere, until they sign in
 * again. Throws FORBIDDEN to admins: one is always left.
 */
export async function deactivateAccount(tx: Tx, viewer: Viewer): Promise<void> {
  await leave(tx, viewer, null);
}

/** The same, and after the grace the account is erased everywhere; gives when. */
export async function deleteAccount(tx: Tx, viewer: Viewer, graceSeconds: number): Promise<Date> {
  const { deleteAfter } = await leave(tx, viewer, graceSeconds);
  if (!deleteAfter) throw new Error('a deletion without a day');
  return deleteAfter;
}

async function leave(tx: Tx, viewer: Viewer, graceSeconds: number | null): Promise<AccountRow> {
  const { row: present } = await ownAccountForUpdate(tx, viewer);
  if (present.role === 'ADMIN') throw forbidden('Another admin has to change your role first');
  const gone = await updateAway(tx, present.id, graceSeconds);
  await planErasure(tx, gone);
  await deleteEmailChange(tx, gone.id);
  await endSessions(tx, gone.id, graceSeconds === null ? 'DEACTIVATED' : 'DELETED');
  await publishStanding(tx, gone);
  const kind = graceSeconds === null ? 'ACCOUNT_DEACTIVATED' : 'DELETION_REQUESTED';
  await sendMail(tx, kind, gone.email, gone.id);
  return gone;
}

/** Whoever signs in is back, and is told so, since it may not have been them. The caller holds the account's row. */
export async function comeBack(tx: Tx, account: AccountRow): Promise<AccountRow> {
  if (!account.deactivatedAt) return account;
  const back = await updateBack(tx, account.id);
  await publishStanding(tx, back);
  await sendMail(tx, 'ACCOUNT_REACTIVATED', back.email, back.id);
  return back;
}
