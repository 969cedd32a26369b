import { FollowRequested, UserFollowed } from '@socialhub/platform/contracts/user';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../store/client.ts';
import { upsertFollow } from '../store/follows.ts';
import { countFollows, lockProfiles } from '../store/profiles.ts';

/** Follows a public account, asks to follow a private one; does nothing when that is so already. */
export async function followUser(tx: Tx, followerId: string, followeeId: string): Promise<void> {
  const locked = await lockProfiles(tx, [followerId, followeeId]);
  const followee = locked.find((profile) => profile.id === followeeId);
  if (!followee?.isActive || locked.length < 2) throw notFound('User');

  const standing = followee.isPrivate ? 'REQUESTED' : 'FOLLOWING';
  const since = await upsertFollow(tx, { followerId, followeeId, standing });
  if (!since) return;
  const change = { followerId, followeeId, at: since.toISOString() };
  if (standing === 'REQUESTED') return publish(tx, FollowRequested, change);
  await countFollows(tx, [followerId], followeeId, 1);
  await publish(tx, UserFollowed, change);
}
