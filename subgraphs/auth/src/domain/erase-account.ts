import { erasureTask } from '@socialhub/platform/personal-data/erasure';
import { deleteAccountRow, findAccount } from '../store/accounts/accounts.ts';
import type { Client, Tx } from '../store/client.ts';
import { eraseMails, eraseSessions } from '../store/erase.ts';
import { insertRetiredUsername } from '../store/usernames/retired-usernames.ts';

/** What this service keeps of a person; the log of what moderators and admins did, which names ids alone, stays. */
export const eraseAccount = erasureTask<Client>('auth', [
  { what: 'sessions', erase: eraseSessions },
  { what: 'mails', erase: eraseMails },
  { what: 'accounts', erase: eraseRow },
]);

/** The account with all that hangs on it. Its address is free from then on, its name is nobody's. */
async function eraseRow(tx: Tx, userId: string): Promise<number> {
  const account = await findAccount(tx, userId);
  if (!account) return 0;
  await insertRetiredUsername(tx, account.username);
  return (await deleteAccountRow(tx, userId)) ? 1 : 0;
}
