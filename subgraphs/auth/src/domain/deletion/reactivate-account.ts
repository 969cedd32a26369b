import { type AccountRow, updateBack } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { sendMail } from '../mail/send-mail.ts';

/** Whoever signs in is back, and is told so, since it may not have been them. The caller holds the account's row. */
export async function reactivateAccount(tx: Tx, account: AccountRow): Promise<AccountRow> {
  if (!account.deactivatedAt) return account;
  const back = await updateBack(tx, account.id);
  await publishStanding(tx, back);
  await sendMail(tx, 'ACCOUNT_REACTIVATED', back.email, back.id);
  return back;
}
