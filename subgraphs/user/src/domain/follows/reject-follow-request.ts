import type { Tx } from '../../store/client.ts';
import { unfollowUser } from './unfollow-user.ts';

/** Ends a request to follow the person; does nothing when there is none, or a follow by now. */
export const rejectFollowRequest = (tx: Tx, followeeId: string, followerId: string): Promise<void> =>
  unfollowUser(tx, followerId, followeeId, ['REQUESTED']);
