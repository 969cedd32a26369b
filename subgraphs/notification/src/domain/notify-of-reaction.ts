import type { Tx } from '../store/client.ts';
import { findCommentState } from '../store/comment-states.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteReactor, insertReactor } from '../store/reaction-groups.ts';
import { hasReaction, type Subject, updateReaction } from '../store/reactions.ts';

interface ReactionChange {
  /** Who wrote it; null when they are not to be told. */
  authorId: string | null;
  userId: string;
  emoji: string;
  at: string;
  active: boolean;
  sequence: bigint;
}

/** Whoever has an emoji on a post or a comment, one or several, is once among those of whom its author is told. */
export async function notifyOfReaction(tx: Tx, subject: Subject, change: ReactionChange): Promise<void> {
  const { authorId, userId, at, emoji, active, sequence } = change;
  if (userId === authorId) return;
  if (await isGone(tx, subject)) return;
  if (!(await updateReaction(tx, subject, { userId, emoji, active, sequence }))) return;
  if (authorId === null) return;
  const reactor = { type: 'REACTION', recipientId: authorId, subject, actorId: userId } as const;
  if (active) await insertReactor(tx, reactor, new Date(at));
  // Taking one of two back is nothing to be told of, also where the author was made to forget the other.
  else if (!(await hasReaction(tx, subject, userId))) await deleteReactor(tx, reactor);
}

async function isGone(tx: Tx, { kind, id, postId }: Subject): Promise<boolean> {
  if ((await lockPostState(tx, postId)).deleted) return true;
  return kind === 'Comment' && (await findCommentState(tx, id)).deleted;
}
