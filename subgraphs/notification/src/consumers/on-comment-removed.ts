import { CommentRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { tellOfRemoval } from '../domain/tell-of-removal.ts';
import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteBySubject } from '../store/take-back.ts';

/** As of a post; what was told of others' comments stays. */
export const onCommentRemoved = consumer(CommentRemoved, async (tx: Tx, { data }) => {
  if ((await lockPostState(tx, data.postId)).deleted) return;
  await deleteBySubject(tx, { kind: 'Comment', id: data.commentId, postId: data.postId });
  await tellOfRemoval(tx, 'COMMENT_REMOVED', data);
});
