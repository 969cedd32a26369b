import { notFound } from '@socialhub/platform/errors';
import { uuidv7 } from '@socialhub/platform/ids';
import { findAccountByUsername } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertAuditEntry } from '../../store/moderation/audit-log.ts';
import { deleteTwoFactor } from '../../store/two-factor/two-factors.ts';
import { sendMail } from '../mail/send-mail.ts';
import { normaliseUsername } from '../usernames/username.ts';

/**
 * Turns somebody's two-factor authentication off from the server's command line: they have lost the app and the recovery codes, and
 * whoever runs the house knows them. Throws NOT_FOUND when there is no such account, or its two-factor authentication is off.
 */
export async function dropTwoFactor(tx: Tx, username: string): Promise<void> {
  const account = await findAccountByUsername(tx, normaliseUsername(username) ?? '');
  if (!account || !(await deleteTwoFactor(tx, account.id)))
    throw notFound('Account with two-factor authentication');
  await insertAuditEntry(tx, {
    id: uuidv7(),
    actorId: null,
    action: 'TWO_FACTOR_DROPPED',
    subjectId: account.id,
    fromRole: null,
    toRole: null,
    reason: null,
  });
  await sendMail(tx, 'TWO_FACTOR_DISABLED', account.email);
}
