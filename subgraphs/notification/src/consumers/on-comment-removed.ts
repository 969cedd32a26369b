import { CommentRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfRemoval } from '../domain/notify-of-removal.ts';
import type { Tx } from '../store/client.ts';
import { findCommentState } from '../store/comment-states.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteBySubject } from '../store/retract.ts';

/** As of a post; what was told of others' comments stays. */
export const onCommentRemoved = consumer(CommentRemoved, async (tx: Tx, { data }) => {
  if ((await lockPostState(tx, data.postId)).deleted) return;
  if ((await findCommentState(tx, data.commentId)).deleted) return;
  await deleteBySubject(tx, { kind: 'Comment', id: data.commentId, postId: data.postId });
  await notifyOfRemoval(tx, 'COMMENT_REMOVED', data);
});
