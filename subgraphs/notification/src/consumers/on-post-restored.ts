import { PostRestored } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteBySubject } from '../store/retract.ts';

/** Its author needs not be told any more that it was removed. Others are not told of it again. */
export const onPostRestored = consumer(PostRestored, async (tx: Tx, { data: { postId } }) => {
  await lockPostState(tx, postId);
  await deleteBySubject(tx, { kind: 'Post', id: postId, postId }, ['POST_REMOVED']);
});
