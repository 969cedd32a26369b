import { BellRung } from '@socialhub/platform/contracts/user';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { isFollowing, updateBell } from '../../store/follows/follows.ts';
import { lockProfiles } from '../../store/profiles/profiles.ts';

/** Has a follower notified of each post; does nothing when they are. Throws NOT_FOUND, and BAD_USER_INPUT for whom they do not follow. */
export async function ringBell(tx: Tx, followerId: string, followeeId: string): Promise<void> {
  const locked = await lockProfiles(tx, [followerId, followeeId]);
  if (!locked.find((profile) => profile.id === followeeId)?.isActive) throw notFound('User');
  if (await updateBell(tx, { followerId, followeeId, bell: true }))
    return publish(tx, BellRung, { followerId, followeeId, at: new Date().toISOString() });
  if (!(await isFollowing(tx, followerId, followeeId)))
    throw badUserInput('input.userId', 'is nobody whom you follow');
}
