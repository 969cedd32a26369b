import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { deleteFollows } from '../store/retract.ts';
import { lockStanding } from '../store/standings.ts';

/** Notifies a person that somebody follows them, or asks to. It replaces the notification of the same two from before. */
export async function notifyOfFollow(
  tx: Tx,
  type: 'FOLLOW' | 'FOLLOW_REQUEST',
  { followerId, followeeId, at }: { followerId: string; followeeId: string; at: string },
): Promise<void> {
  // In the order in which a change of standing locks: the person, then those who were told.
  await lockStanding(tx, followerId);
  await deleteFollows(tx, { recipientId: followeeId, actorId: followerId }, ['FOLLOW', 'FOLLOW_REQUEST']);
  const activity = {
    actorId: followerId,
    at: new Date(at),
    subjectKind: 'User',
    subjectId: followerId,
    postId: null,
  } as const;
  await deliver(tx, activity, [{ type, people: people([followeeId]) }]);
}
