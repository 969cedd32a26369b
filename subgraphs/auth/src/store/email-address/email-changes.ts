import type { EmailChange } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type EmailChangeRow = EmailChange;
/** The address that an account has, or the one that it is to have. */
export type End = 'OLD' | 'NEW';

export const findEmailChange = (reader: Reader, accountId: string): Promise<EmailChangeRow | null> =>
  reader.emailChange.findFirst({ where: { accountId, expiresAt: { gt: new Date() } } });

/** The one change that is pending: it takes the place of another, and the tokens of that one go with it. */
export async function insertEmailChange(
  tx: Tx,
  change: Pick<EmailChangeRow, 'id' | 'accountId' | 'newEmail' | 'sessionId' | 'endOtherSessions'>,
  goodForSeconds: number,
): Promise<void> {
  await deleteEmailChange(tx, change.accountId);
  await tx.$executeRaw`
    INSERT INTO email_change (id, account_id, new_email, session_id, end_other_sessions, expires_at)
    VALUES (${change.id}::uuid, ${change.accountId}::uuid, ${change.newEmail}, ${change.sessionId}::uuid,
      ${change.endOtherSessions}, now() + ${goodForSeconds}::int * interval '1 second')`;
}

/** Notes that one end has confirmed it; null when it is over. Whoever confirms the other end at once waits. */
export async function updateEmailChangeConfirmed(
  tx: Tx,
  id: string,
  end: End,
): Promise<EmailChangeRow | null> {
  const at = new Date();
  const { count } = await tx.emailChange.updateMany({
    where: { id, expiresAt: { gt: at } },
    data: end === 'OLD' ? { oldConfirmedAt: at } : { newConfirmedAt: at },
  });
  return count === 0 ? null : tx.emailChange.findUnique({ where: { id } });
}

/** Whether one was pending, or had lapsed. */
export async function deleteEmailChange(tx: Tx, accountId: string): Promise<boolean> {
  const { count } = await tx.emailChange.deleteMany({ where: { accountId } });
  return count > 0;
}

/** Removes at most `limit` changes that have lapsed; gives how many. */
export async function deleteLapsedEmailChanges(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM email_change WHERE id IN (
      SELECT id FROM email_change WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
