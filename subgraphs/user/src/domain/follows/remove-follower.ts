import type { Tx } from '../../store/client.ts';
import { unfollowUser } from './unfollow-user.ts';

/** Ends that somebody follows the person, or asks to; does nothing when they do not. */
export const removeFollower = (tx: Tx, followeeId: string, followerId: string): Promise<void> =>
  unfollowUser(tx, followerId, followeeId);
