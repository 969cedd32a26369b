import { UserFollowed } from '@socialhub/platform/contracts/user';
import { badUserInput } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { acceptRequests, isFollowing } from '../../store/follows/follows.ts';
import { countFollows, lockProfiles } from '../../store/profiles/profiles.ts';

/** Makes a follow of a request; does nothing when it is one. Throws BAD_USER_INPUT where neither is there. */
export async function acceptFollowRequest(tx: Tx, followeeId: string, followerId: string): Promise<void> {
  await lockProfiles(tx, [followerId, followeeId]);
  const [accepted] = await acceptRequests(tx, [followerId], followeeId);
  if (!accepted) {
    if (await isFollowing(tx, followerId, followeeId)) return;
    throw badUserInput('input.userId', 'has not asked to follow you');
  }
  await countFollows(tx, [followerId], followeeId, 1);
  const at = accepted.since.toISOString();
  await publish(tx, UserFollowed, { followerId, followeeId, at, isAccepted: true });
}
