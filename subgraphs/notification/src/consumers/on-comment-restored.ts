import { CommentRestored } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteBySubject } from '../store/retract.ts';

/** Its author needs not be told any more that it was removed. */
export const onCommentRestored = consumer(
  CommentRestored,
  async (tx: Tx, { data: { commentId, postId } }) => {
    await lockPostState(tx, postId);
    await deleteBySubject(tx, { kind: 'Comment', id: commentId, postId }, ['COMMENT_REMOVED']);
  },
);
