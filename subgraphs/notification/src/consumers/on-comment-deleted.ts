import { CommentDeleted } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { updateCommentState } from '../store/comment-states.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteReactions } from '../store/reactions.ts';
import { deleteBySubject } from '../store/retract.ts';

/** Nobody is notified of what is gone, nor of anything about it that arrives later. What was told of replies to it stays. */
export const onCommentDeleted = consumer(CommentDeleted, async (tx: Tx, { data }) => {
  const subject = { kind: 'Comment', id: data.commentId, postId: data.postId } as const;
  if ((await lockPostState(tx, data.postId)).deleted) return;
  await updateCommentState(tx, data, { deleted: true });
  await deleteReactions(tx, subject);
  await deleteBySubject(tx, subject);
});
