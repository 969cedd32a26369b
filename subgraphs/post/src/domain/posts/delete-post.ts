import { PostDeleted } from '@socialhub/platform/contracts/post';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteOwnPost } from '../../store/posts/posts.ts';

/** Removes the author's own post with its comments and reactions; gives its id. */
export async function deletePost(tx: Tx, viewer: Viewer, postId: string): Promise<string> {
  if (!(await deleteOwnPost(tx, viewer.userId, postId))) throw notFound('Post');
  await publish(tx, PostDeleted, { postId, authorId: viewer.userId });
  return postId;
}
