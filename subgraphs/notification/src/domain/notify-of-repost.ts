import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteReactor, insertReactor } from '../store/reaction-groups.ts';
import { updateRepost } from '../store/reposts.ts';

interface RepostChange {
  postId: string;
  postAuthorId: string;
  userId: string;
  at: string;
  active: boolean;
  sequence: bigint;
}

/** Whoever has reposted a post is among those of whom its author is told, in one notification, as long as the repost is there. */
export async function notifyOfRepost(tx: Tx, change: RepostChange): Promise<void> {
  const { postId, postAuthorId, userId, at, active, sequence } = change;
  if (userId === postAuthorId) return;
  const state = await lockPostState(tx, postId);
  if (state.deleted) return;
  if (!(await updateRepost(tx, { postId, userId, active, sequence }))) return;
  const subject = { kind: 'Post', id: postId, postId } as const;
  const reposter = { type: 'REPOST', recipientId: postAuthorId, subject, actorId: userId } as const;
  if (active) await insertReactor(tx, reposter, new Date(at));
  else await deleteReactor(tx, reposter);
}
