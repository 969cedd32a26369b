import { forbidden } from '@socialhub/platform/errors';
import type { AccountRow } from '../store/accounts.ts';

/** Lets in who has shown all that it takes to sign in. Throws FORBIDDEN with the reason when the account is suspended: nobody else is told. */
export function admit(account: AccountRow): void {
  if (account.suspendedAt) throw forbidden(`This account is suspended: ${account.suspendedReason}`);
}
