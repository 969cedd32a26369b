import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { closeAccount } from './close-account.ts';

/**
 * Closes the account of the viewer, who has shown all their factors; after the grace it is erased everywhere. Gives when. Throws
 * FORBIDDEN to admins.
 */
export async function deleteAccount(tx: Tx, viewer: Viewer, graceSeconds: number): Promise<Date> {
  const { deleteAfter } = await closeAccount(tx, viewer, graceSeconds);
  if (!deleteAfter) throw new Error('a deletion without a day');
  return deleteAfter;
}
