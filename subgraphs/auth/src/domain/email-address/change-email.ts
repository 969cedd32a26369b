import { badUserInput } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertEmailChange } from '../../store/email-address/email-changes.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import type { Throttles } from '../throttling/throttles.ts';

const goodForSeconds = 86_400;

/** Throws BAD_USER_INPUT for the address that the account has already, and RATE_LIMITED by account and network. */
export async function admitEmailChange(
  { throttles, client }: { throttles: Throttles; client: ClientInfo },
  account: AccountRow,
  newEmail: string,
): Promise<void> {
  if (newEmail === account.email) throw badUserInput('input.newEmail', 'is your address already');
  await throttles.mailsPerAddress.count(client.ipAddress);
  await throttles.mailsPerRequester.count(`CHANGE_EMAIL ${account.id}`);
}

/**
 * Queues the links with which the viewer confirms another address, at the present one and at the new one. Whether the
 * new one is taken is found out when its mail is sent: the answer is the same.
 */
export async function changeEmail(
  tx: Tx,
  viewer: Viewer,
  { newEmail, endOtherSessions = true }: { newEmail: string; endOtherSessions?: boolean },
): Promise<OwnAccount> {
  // Two tabs at once wait for each other: the later one's address is the pending one.
  const account = await ownAccountForUpdate(tx, viewer);
  const { userId: accountId, sessionId } = viewer;
  const change = { id: uuidv7(), accountId, newEmail, sessionId, endOtherSessions };
  await insertEmailChange(tx, change, goodForSeconds);
  await sendMail(tx, 'CHANGE_EMAIL_FROM', account.row.email, accountId);
  await sendMail(tx, 'CHANGE_EMAIL_TO', newEmail, accountId);
  return account;
}
