import { FollowRequested, UserFollowed } from '@socialhub/platform/contracts/user';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import { isBlocking } from '../../store/blocks/blocks.ts';
import type { Tx } from '../../store/client.ts';
import { upsertFollow } from '../../store/follows/follows.ts';
import { countFollows, lockProfiles } from '../../store/profiles/profiles.ts';

/** Follows a public account, asks to follow a private one; does nothing when that is so already. */
export async function followUser(tx: Tx, followerId: string, followeeId: string): Promise<void> {
  const locked = await lockProfiles(tx, [followerId, followeeId]);
  const followee = locked.find((profile) => profile.id === followeeId);
  if (!followee?.isActive || locked.length < 2) throw notFound('User');

  // Seen under the locks: a block that was put meanwhile holds.
  if (await isBlocking(tx, followeeId, followerId)) throw notFound('User');
  if (await isBlocking(tx, followerId, followeeId))
    throw badUserInput('input.userId', 'is somebody whom you block');

  const standing = followee.isPrivate ? 'REQUESTED' : 'FOLLOWING';
  const since = await upsertFollow(tx, { followerId, followeeId, standing });
  if (!since) return;
  const change = { followerId, followeeId, at: since.toISOString() };
  if (standing === 'REQUESTED') return publish(tx, FollowRequested, change);
  await countFollows(tx, [followerId], followeeId, 1);
  await publish(tx, UserFollowed, change);
}
