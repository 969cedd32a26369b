import { conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { type AccountRow, updatePassword } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import type { OwnAccount } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { endSessions } from '../sessions/end-session.ts';

/**
 * Gives the viewer's account a new password, ends every other session and tells the owner by mail. Throws CONFLICT when the
 * account, whose old password was checked, has got another one meanwhile.
 */
export async function changePassword(
  tx: Tx,
  { sessionId }: Viewer,
  checked: AccountRow,
  passwordHash: string,
): Promise<OwnAccount> {
  const changed = await updatePassword(tx, checked, passwordHash);
  if (!changed) throw conflict('The password was changed just now', 'input.currentPassword');
  // Whoever knew the old password may have asked for it.
  await deleteEmailChange(tx, checked.id);
  await endSessions(tx, checked.id, 'PASSWORD_CHANGED', sessionId);
  await sendMail(tx, 'PASSWORD_CHANGED', changed.email);
  return { row: changed, currentSessionId: sessionId };
}
