import { PostRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { notifyOfRemoval } from '../domain/notify-of-removal.ts';
import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteByPost } from '../store/retract.ts';

/** Nobody is notified any more of what nobody can read; its author is notified that moderators removed it. */
export const onPostRemoved = consumer(PostRemoved, async (tx: Tx, { data }) => {
  if ((await lockPostState(tx, data.postId)).deleted) return;
  await deleteByPost(tx, data.postId);
  await notifyOfRemoval(tx, 'POST_REMOVED', data);
});
