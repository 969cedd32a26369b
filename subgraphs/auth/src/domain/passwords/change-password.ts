import { badUserInput, conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { updatePassword } from '../../store/accounts/accounts.ts';
import { deleteEmailChange } from '../../store/email-address/email-changes.ts';
import { type OwnAccount, ownAccount } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmPassword } from '../reauthentication/confirm-password.ts';
import { endSessions } from '../sessions/end-session.ts';
import { type CodeDeps, confirmCode } from '../two-factor/confirm-code.ts';
import { checkPassword } from './password.ts';

/**
 * Gives the viewer's account a new password, ends every other session and tells the owner by mail. Throws BAD_USER_INPUT naming the
 * password or code that is wrong, TWO_FACTOR_REQUIRED when a code is needed and missing.
 */
export async function changePassword(
  deps: CodeDeps,
  viewer: Viewer,
  input: { currentPassword: string; newPassword: string; twoFactorCode?: string | null },
): Promise<OwnAccount> {
  const { db, passwords } = deps;
  const { row } = await ownAccount(db.prisma, viewer);
  const newPassword = checkPassword('input.newPassword', input.newPassword, row);
  await confirmPassword(deps, viewer, row, 'input.currentPassword', input.currentPassword);
  await confirmCode(deps, row, viewer.sessionId, input.twoFactorCode, () =>
    badUserInput('input.twoFactorCode', 'is not right, or was used'),
  );
  const passwordHash = await passwords.hash(newPassword, deps.client.ipAddress);
  return db.transaction(async (tx) => {
    const changed = await updatePassword(tx, row, passwordHash);
    if (!changed) throw conflict('The password was changed just now', 'input.currentPassword');
    // Whoever knew the old password may have asked for it.
    await deleteEmailChange(tx, row.id);
    await endSessions(tx, row.id, 'PASSWORD_CHANGED', viewer.sessionId);
    await sendMail(tx, 'PASSWORD_CHANGED', changed.email);
    return { row: changed, currentSessionId: viewer.sessionId };
  });
}
