import type { Tx } from '../store/client.ts';
import { deliver, people } from '../store/deliver.ts';
import { lockStanding } from '../store/standings.ts';
import { deleteFollows } from '../store/take-back.ts';

/** Tells a person that somebody follows them, or asks to. It replaces what was told of the same two before. */
export async function tellOfFollow(
  tx: Tx,
  type: 'FOLLOW' | 'FOLLOW_REQUEST',
  { followerId, followeeId, at }: { followerId: string; followeeId: string; at: string },
): Promise<void> {
  // In the order in which a change of standing locks: the person, then those who were told.
  await lockStanding(tx, followerId);
  await deleteFollows(tx, { recipientId: followeeId, actorId: followerId }, ['FOLLOW', 'FOLLOW_REQUEST']);
  const deed = {
    actorId: followerId,
    at: new Date(at),
    subjectKind: 'User',
    subjectId: followerId,
    postId: null,
  } as const;
  await deliver(tx, deed, [{ type, people: people([followeeId]) }]);
}
