import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { conflict } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import { uuidv7 } from '@socialhub/platform/ids';
import {
  type AccountRow,
  findAccountByUsername,
  insertAccount,
  listStaffUsernames,
} from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { isUsernameRetired } from '../../store/usernames/retired-usernames.ts';
import { sendMail } from '../mail/send-mail.ts';
import { skeletonOf } from '../usernames/username-skeleton.ts';
import type { Registration } from './check-registration.ts';

/** Makes the account, sends the mail that confirms its address, and tells the others. Throws CONFLICT naming the field that is taken. */
export async function register(
  tx: Tx,
  { email, username, displayName }: Registration,
  passwordHash: string,
): Promise<AccountRow> {
  if (await isUsernameRetired(tx, username)) throw conflict('This username is taken', 'input.username');
  if (await resemblesStaff(tx, username))
    throw conflict('This username looks like one that is taken', 'input.username');
  const account = await insertAccount(tx, { id: uuidv7(), email, username, passwordHash });
  if (!account) {
    // Who is here everybody may know; whose address it is, nobody. With a name that is taken no address can be tried.
    throw (await findAccountByUsername(tx, username))
      ? conflict('This username is taken', 'input.username')
      : conflict('This email address has an account already', 'input.email');
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

/** Whether the name would pass for a moderator's or an admin's. The same name is taken, which is said otherwise. */
async function resemblesStaff(tx: Tx, username: string): Promise<boolean> {
  const skeleton = skeletonOf(username);
  const staff = await listStaffUsernames(tx);
  return staff.some((name) => name !== username && skeletonOf(name) === skeleton);
}
