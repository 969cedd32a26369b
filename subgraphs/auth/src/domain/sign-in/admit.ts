import { forbidden } from '@socialhub/platform/errors';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { reactivateAccount } from '../deletion/reactivate-account.ts';

/**
 * Lets in who has shown all that it takes to sign in, and brings them back who had left; null when the account is being
 * erased. Throws FORBIDDEN with the reason when it is suspended: nobody else is told.
 */
export async function admit(tx: Tx, account: AccountRow): Promise<AccountRow | null> {
  if (account.suspendedAt) throw forbidden(`This account is suspended: ${account.suspendedReason}`);
  return account.deletedAt ? null : reactivateAccount(tx, account);
}
