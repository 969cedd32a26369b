import { UserUnfollowed } from '@socialhub/platform/contracts/user';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { deleteFollow, type FollowRow } from '../../store/follows/follows.ts';
import { countFollows, lockProfiles } from '../../store/profiles/profiles.ts';

/** Ends a follow or a request, or those of one standing alone; does nothing when there is none. */
export async function unfollowUser(
  tx: Tx,
  followerId: string,
  followeeId: string,
  standings?: readonly FollowRow['standing'][],
): Promise<void> {
  await lockProfiles(tx, [followerId, followeeId]);
  const ended = await deleteFollow(tx, followerId, followeeId, standings);
  if (!ended) return;
  if (ended === 'FOLLOWING') await countFollows(tx, [followerId], followeeId, -1);
  await publish(tx, UserUnfollowed, { followerId, followeeId, at: new Date().toISOString() });
}
