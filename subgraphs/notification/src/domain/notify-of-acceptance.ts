import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { deleteFollows } from '../store/retract.ts';
import { lockStanding } from '../store/standings.ts';

/** Notifies who asked that they follow now. The request, which whoever let them in was told of, is answered. */
export async function notifyOfAcceptance(
  tx: Tx,
  { followerId, followeeId, at }: { followerId: string; followeeId: string; at: string },
): Promise<void> {
  // In the order in which a change of standing locks: the people, then those who were told.
  for (const id of [followerId, followeeId].sort()) await lockStanding(tx, id);
  await deleteFollows(tx, { recipientId: followeeId, actorId: followerId }, ['FOLLOW_REQUEST']);
  await deleteFollows(tx, { recipientId: followerId, actorId: followeeId }, ['FOLLOW_ACCEPTED']);
  const activity = {
    actorId: followeeId,
    at: new Date(at),
    subjectKind: 'User',
    subjectId: followeeId,
    postId: null,
  } as const;
  await deliver(tx, activity, [{ type: 'FOLLOW_ACCEPTED', people: people([followerId]) }]);
}
