import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { closeAccount } from './close-account.ts';

/** Closes the account of the viewer, who has shown all their factors, until they sign in again. Throws FORBIDDEN to admins. */
export async function deactivateAccount(tx: Tx, viewer: Viewer): Promise<void> {
  await closeAccount(tx, viewer, null);
}
