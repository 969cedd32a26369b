import { UserFollowed } from '@socialhub/platform/contracts/user';
import { publish } from '@socialhub/platform/events/outbox';
import type { Tx } from '../../store/client.ts';
import { acceptRequests, listWaitingIds } from '../../store/follows/follows.ts';
import { countFollows, lockProfiles } from '../../store/profiles/profiles.ts';

const batchSize = 100;

/**
 * An account that is public now has nobody waiting: everyone who asked follows it. A bounded number of them at a time; gives
 * how many there were, 0 when nobody is left. Should the last batch never run, following again or saving the profile again
 * makes up for it.
 */
export async function acceptWaitingRequests(tx: Tx, followeeId: string): Promise<number> {
  const waiting = await listWaitingIds(tx, followeeId, batchSize);
  if (waiting.length === 0) return 0;
  const locked = await lockProfiles(tx, [...waiting, followeeId]);
  const followee = locked.find((profile) => profile.id === followeeId);
  if (!followee || followee.isPrivate) return 0;
  const accepted = await acceptRequests(tx, waiting, followeeId);
  const followerIds = accepted.map((follow) => follow.followerId);
  await countFollows(tx, followerIds, followeeId, 1);
  for (const { followerId, since } of accepted) {
    await publish(tx, UserFollowed, { followerId, followeeId, at: since.toISOString(), isAccepted: true });
  }
  // Not the number accepted: those of this batch may have withdrawn while others wait behind them.
  return waiting.length;
}
