import { PostRemoved } from '@socialhub/platform/contracts/post';
import { consumer } from '@socialhub/platform/events/consumer';
import { tellOfRemoval } from '../domain/tell-of-removal.ts';
import type { Tx } from '../store/client.ts';
import { lockPostState } from '../store/post-states.ts';
import { deleteByPost } from '../store/take-back.ts';

/** Nobody is told any more of what nobody can read; its author is told that moderators removed it. */
export const onPostRemoved = consumer(PostRemoved, async (tx: Tx, { data }) => {
  if ((await lockPostState(tx, data.postId)).deleted) return;
  await deleteByPost(tx, data.postId);
  await tellOfRemoval(tx, 'POST_REMOVED', data);
});
