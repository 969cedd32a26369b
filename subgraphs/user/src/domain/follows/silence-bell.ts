import { BellSilenced } from '@socialhub/platform/contracts/user';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { updateBell } from '../../store/follows/follows.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';

/** Has a follower notified of posts no more; does nothing when they are not. */
export async function silenceBell(tx: Tx, followerId: string, followeeId: string): Promise<void> {
  await lockProfiles(tx, [followerId, followeeId]);
  if (await updateBell(tx, { followerId, followeeId, bell: false }))
    await publish(tx, BellSilenced, { followerId, followeeId, at: new Date().toISOString() });
}
