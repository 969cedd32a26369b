import { RepostUndone } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteRepost, findPostForUpdate } from '../../store/reposts/reposts.ts';
import { refuseRepost } from './no-repost.ts';

/** Takes the viewer's repost back, whether or not they may read the post; gives the post's id. It not being there changes nothing. */
export async function undoRepost(tx: Tx, viewer: Viewer, { postId }: { postId: string }): Promise<string> {
  await takeRepostBack(tx, viewer, postId);
  return postId;
}

/** False when there was none. Throws BAD_USER_INPUT for a repost, of which none is. */
export async function takeRepostBack(tx: Tx, { userId }: Viewer, postId: string): Promise<boolean> {
  // The post first, then its reposts, as its end goes about it.
  const post = await findPostForUpdate(tx, userId, postId);
  if (!post) return false;
  if (post.isVisible) refuseRepost(post, 'input.postId');
  const repostId = await deleteRepost(tx, { userId, postId });
  if (repostId === null) return false;
  const at = new Date().toISOString();
  await publish(tx, RepostUndone, { postId, postAuthorId: post.authorId, repostId, userId, at });
  return true;
}
