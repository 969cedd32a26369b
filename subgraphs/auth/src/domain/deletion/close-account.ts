import { forbidden } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, updateAway } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import { ownAccountForUpdate } from '../accounts/own-account.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';
import { planErasure } from './begin-erasure.ts';

/**
 * Hides the viewer from everybody and signs them out everywhere, until they sign in again; with a grace, the account is erased
 * at its end. Throws FORBIDDEN to admins: one is always left.
 */
export async function closeAccount(tx: Tx, viewer: Viewer, graceSeconds: number | null): Promise<AccountRow> {
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
