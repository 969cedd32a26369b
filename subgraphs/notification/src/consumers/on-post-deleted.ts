import { PostDeleted } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { deleteCommentStates } from '../store/comment-states.ts';
import { lockPostState, updatePostState } from '../store/post-states.ts';
import { deleteReactions, deleteReactionsUnderPost } from '../store/reactions.ts';
import { deleteReposts } from '../store/reposts.ts';
import { deleteByPost } from '../store/retract.ts';

/** Nobody is notified of what is gone, nor of anything about it that arrives later. */
export const onPostDeleted = consumer(PostDeleted, async (tx: Tx, { data: { postId } }) => {
  await lockPostState(tx, postId);
  await updatePostState(tx, postId, { deleted: true });
  await deleteReactions(tx, { kind: 'Post', id: postId, postId });
  await deleteReactionsUnderPost(tx, postId);
  await deleteCommentStates(tx, postId);
  await deleteReposts(tx, postId);
  await deleteByPost(tx, postId);
});
