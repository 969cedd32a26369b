import { UserUnmuted } from '@socialhub/platform/contracts/user';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { deleteMute } from '../../store/mutes/mutes.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';

/** Ends a mute; does nothing when there is none. */
export async function unmuteUser(tx: Tx, muterId: string, mutedId: string): Promise<void> {
  await lockProfiles(tx, [muterId, mutedId]);
  if (!(await deleteMute(tx, muterId, mutedId))) return;
  await publish(tx, UserUnmuted, { muterId, mutedId, at: new Date().toISOString() });
}
