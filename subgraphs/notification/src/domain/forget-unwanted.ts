import type { Tx } from '../store/client.ts';
import { updateReadUnwanted } from '../store/notifications.ts';
import { hasPreference } from '../store/preferences.ts';

/** Who wants to be notified of those whom they follow alone, and follows one no more: what that one did counts no longer. */
export async function forgetUnwanted(tx: Tx, userId: string): Promise<void> {
  if (await hasPreference(tx, userId, 'FOLLOWING')) await updateReadUnwanted(tx, userId);
}
