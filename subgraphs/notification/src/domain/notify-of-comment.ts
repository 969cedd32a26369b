import type { Tx } from '../store/client.ts';
import { findCommentState, updateCommentState } from '../store/comment-states.ts';
import { deliver, people } from '../store/deliver.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteMentions } from '../store/retract.ts';
import { lockStanding } from '../store/standings.ts';

interface WrittenComment {
  commentId: string;
  postId: string;
  postAuthorId: string;
  parentAuthorId: string | null;
  authorId: string;
  mentionedIds: string[];
}

/** Notifies whom a comment answers, those whom it names, and the author of its post: each once, as the first of these. */
export async function notifyOfComment(
  tx: Tx,
  comment: WrittenComment,
  { at, sequence }: { at: Date; sequence: bigint },
): Promise<void> {
  const { commentId, postId } = comment;
  if ((await lockPostState(tx, postId)).deleted) return;
  const state = await findCommentState(tx, commentId);
  if (state.deleted) return;
  // An edit that overtook this event has told whom the comment names by now.
  const mentionedIds = sequence < state.mentionsSequence ? [] : comment.mentionedIds;
  await tell(tx, { ...comment, mentionedIds }, at);
}

/** Whom the text names now is told of it, unless they know of the comment; whom it names no more is not, but as what else they are. */
export async function notifyOfEditedComment(
  tx: Tx,
  comment: WrittenComment,
  { at, sequence }: { at: Date; sequence: bigint },
): Promise<void> {
  const { commentId, postId, authorId, mentionedIds } = comment;
  if ((await lockPostState(tx, postId)).deleted) return;
  const state = await findCommentState(tx, commentId);
  if (state.deleted || sequence <= state.mentionsSequence) return;
  await updateCommentState(tx, comment, { mentionsSequence: sequence });
  // In the order in which a change of standing locks: the person, then those who were told.
  await lockStanding(tx, authorId);
  await deleteMentions(tx, { kind: 'Comment', id: commentId, postId }, mentionedIds);
  await tell(tx, comment, at);
}

function tell(tx: Tx, comment: WrittenComment, at: Date): Promise<void> {
  const { commentId, postId, postAuthorId, parentAuthorId, authorId, mentionedIds } = comment;
  const activity = {
    actorId: authorId,
    at,
    subjectKind: 'Comment',
    subjectId: commentId,
    postId,
  } as const;
  const audiences = [
    { type: 'REPLY', people: people(parentAuthorId ? [parentAuthorId] : []) },
    { type: 'MENTION', people: people(mentionedIds) },
    { type: 'COMMENT', people: people([postAuthorId]) },
  ] as const;
  return deliver(tx, activity, audiences, ['REPLY', 'MENTION', 'COMMENT']);
}
