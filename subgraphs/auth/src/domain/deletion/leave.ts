import { forbidden } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { type AccountRow, updateAway, updateBack } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import { tellStanding } from '../accounts/tell-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmOwner, type OwnersProof } from '../reauthentication/confirm-owner.ts';
import { endSessions } from '../sessions/end-session.ts';
import type { CodeDeps } from '../two-factor/confirm-code.ts';
import { planErasure } from './begin-erasure.ts';

/**
 * Hides the viewer from everybody and signs them out everywhere, until they sign in again. Throws BAD_USER_INPUT for a
 * wrong password or code, TWO_FACTOR_REQUIRED without one, FORBIDDEN to admins: one is always left.
 */
export async function deactivateAccount(deps: CodeDeps, viewer: Viewer, proof: OwnersProof): Promise<void> {
  await leave(deps, viewer, proof, null);
}

/** The same, and after the grace the account is erased everywhere; gives when. */
export async function deleteAccount(
  deps: CodeDeps & { graceSeconds: number },
  viewer: Viewer,
  proof: OwnersProof,
): Promise<Date> {
  const { deleteAfter } = await leave(deps, viewer, proof, deps.graceSeconds);
  if (!deleteAfter) throw new Error('a deletion without a day');
  return deleteAfter;
}

async function leave(
  deps: CodeDeps,
  viewer: Viewer,
  proof: OwnersProof,
  graceSeconds: number | null,
): Promise<AccountRow> {
  await confirmOwner(deps, viewer, proof);
  return deps.db.transaction(async (tx) => {
    const { row: present } = await ownAccountForUpdate(tx, viewer);
    if (present.role === 'ADMIN') throw forbidden('Another admin has to change your role first');
    const gone = await updateAway(tx, present.id, graceSeconds);
    await planErasure(tx, gone);
    await deleteEmailChange(tx, gone.id);
    await endSessions(tx, gone.id, graceSeconds === null ? 'DEACTIVATED' : 'DELETED');
    await tellStanding(tx, gone);
    await sendMail(
      tx,
      graceSeconds === null ? 'ACCOUNT_DEACTIVATED' : 'DELETION_REQUESTED',
      gone.email,
      gone.id,
    );
    return gone;
  });
}

/** Whoever signs in is back, and is told so, since it may not have been them. The caller holds the account's row. */
export async function comeBack(tx: Tx, account: AccountRow): Promise<AccountRow> {
  if (!account.deactivatedAt) return account;
  const back = await updateBack(tx, account.id);
  await tellStanding(tx, back);
  await sendMail(tx, 'ACCOUNT_REACTIVATED', back.email, back.id);
  return back;
}
