import { PostRemoved } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { findRemovablePost, type Removable, updatePostRemoval } from '../../store/moderation/removals.ts';
import { checkReason, factsOf, moderatedSubject } from './moderated-subject.ts';

/**
 * Takes a post out of everybody's sight but its author's. Throws FORBIDDEN unless the viewer is a moderator (of what
 * members wrote) or an admin (of what others wrote), NOT_FOUND when there is none.
 */
export async function removePost(
  tx: Tx,
  viewer: Viewer,
  input: { postId: string; reason: string },
): Promise<Removable> {
  const reason = checkReason(input.reason);
  const post = await moderatedSubject(tx, viewer, 'Post', findRemovablePost, input.postId);
  const removal = { removedAt: new Date(), removedReason: reason };
  await updatePostRemoval(tx, post.id, removal);
  await publish(tx, PostRemoved, { ...factsOf(viewer, post), mediaIds: post.mediaIds, reason });
  return { ...post, ...removal };
}
