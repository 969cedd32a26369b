import type { Database } from '@socialhub/platform/database';
import { conflict } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity';
import { updatePassword } from '../store/accounts.ts';
import type { Client } from '../store/client.ts';
import { deleteEmailChange } from '../store/email-changes.ts';
import { type OwnAccount, ownAccount } from './account.ts';
import { confirmPassword } from './confirm-password.ts';
import { endSessions } from './end-session.ts';
import { checkPassword } from './password.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { sendMail } from './send-mail.ts';
import type { Throttles } from './throttles.ts';

/**
 * Gives the viewer's account a new password, ends every other session and tells the owner by mail. Throws BAD_USER_INPUT naming the password
 * that is wrong.
 */
export async function changePassword(
  deps: { db: Database<Client>; passwords: PasswordHasher; throttles: Throttles; client: ClientInfo },
  viewer: Viewer,
  input: { currentPassword: string; newPassword: string },
): Promise<OwnAccount> {
  const { db, passwords } = deps;
  const { row } = await ownAccount(db.prisma, viewer);
  const newPassword = checkPassword('newPassword', input.newPassword, row);
  await confirmPassword(deps, row, 'currentPassword', input.currentPassword);
  const passwordHash = await passwords.hash(newPassword);
  return db.transaction(async (tx) => {
    const changed = await updatePassword(tx, row, passwordHash);
    if (!changed) throw conflict('The password was changed just now', 'currentPassword');
    // Whoever knew the old password may have asked for it.
    await deleteEmailChange(tx, row.id);
    await endSessions(tx, row.id, 'PASSWORD_CHANGED', viewer.sessionId);
    await sendMail(tx, 'PASSWORD_CHANGED', changed.email);
    return { row: changed, currentSessionId: viewer.sessionId };
  });
}
