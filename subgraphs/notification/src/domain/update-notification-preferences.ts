import { badUserInput } from '@socialhub/platform/errors';
import type { Tx } from '../store/client.ts';
import { updateReadUnwanted } from '../store/notifications.ts';
import { type PreferenceRow, updatePreferences } from '../store/preferences.ts';
import { insertRecipient } from '../store/recipients.ts';
import { isChoosable, notificationPreferences } from './list-notification-preferences.ts';

interface Chosen {
  preferences: PreferenceRow[];
  unreadCount: number;
}

/**
 * Keeps of whose doing somebody wants to be notified; what they do not want any more counts no longer. Throws
 * BAD_USER_INPUT.
 */
export async function updateNotificationPreferences(
  tx: Tx,
  userId: string,
  chosen: readonly PreferenceRow[],
): Promise<Chosen> {
  const types = chosen.map(({ type }) => type);
  const field = 'input.preferences';
  if (types.length === 0) throw badUserInput(field, 'has to name at least one type');
  if (new Set(types).size < types.length) throw badUserInput(field, 'names a type twice');
  const fixed = types.find((type) => !isChoosable(type));
  if (fixed) throw badUserInput(field, `can't choose ${fixed}: one is always notified of it`);
  await insertRecipient(tx, userId);
  await updatePreferences(tx, userId, chosen);
  const unreadCount = await updateReadUnwanted(tx, userId);
  return { preferences: await notificationPreferences(tx, userId), unreadCount };
}
