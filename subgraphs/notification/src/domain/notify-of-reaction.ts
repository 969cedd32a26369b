import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteReactor, insertReactor } from '../store/reaction-groups.ts';
import { hasReaction, updateReaction } from '../store/reactions.ts';

interface ReactionChange {
  postId: string;
  postAuthorId: string;
  userId: string;
  emoji: string;
  at: string;
  active: boolean;
  sequence: bigint;
}

/** Whoever has an emoji on a post, one or several, is once among those of whom its author is told. */
export async function notifyOfReaction(tx: Tx, change: ReactionChange): Promise<void> {
  const { postId, postAuthorId, userId, at, emoji, active, sequence } = change;
  if (userId === postAuthorId) return;
  const state = await lockPostState(tx, postId);
  if (state.deleted) return;
  if (!(await updateReaction(tx, { postId, userId, emoji, active, sequence }))) return;
  const reactor = { recipientId: postAuthorId, postId, actorId: userId };
  if (await hasReaction(tx, postId, userId)) await insertReactor(tx, reactor, new Date(at));
  else await deleteReactor(tx, reactor);
}
