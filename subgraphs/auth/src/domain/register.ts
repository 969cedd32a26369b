import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { conflict } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import { uuidv7 } from '@socialhub/platform/ids';
import { type AccountRow, findAccountByEmail, insertAccount } from '../store/accounts.ts';
import type { Tx } from '../store/client.ts';
import type { Registration } from './check-registration.ts';
import { sendMail } from './send-mail.ts';

/** Makes the account, sends the mail that confirms its address, and tells the others. Throws CONFLICT naming the field that is taken. */
export async function register(
  tx: Tx,
  { email, username, displayName }: Registration,
  passwordHash: string,
): Promise<AccountRow> {
  const account = await insertAccount(tx, { id: uuidv7(), email, username, passwordHash });
  if (!account) {
    throw (await findAccountByEmail(tx, email))
      ? conflict('This email address has an account already', 'input.email')
      : conflict('This username is taken', 'input.username');
  }
  await publish(tx, UserRegistered, {
    userId: account.id,
    username,
    displayName,
    registeredAt: account.createdAt.toISOString(),
  });
  await sendMail(tx, 'VERIFY_EMAIL', email);
  return account;
}
