import { PostDeleted } from '@socialhub/platform/contracts/post';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity';
import { parseId } from '@socialhub/platform/ids';
import type { Tx } from '../store/client.ts';
import { deleteOwnPost } from '../store/posts.ts';

/** Removes the author's own post with its comments and reactions; gives its id. */
export async function deletePost(tx: Tx, viewer: Viewer, postId: string): Promise<string> {
  const id = parseId('postId', postId);
  if (!(await deleteOwnPost(tx, viewer.userId, id))) throw notFound('Post');
  await publish(tx, PostDeleted, { postId: id, authorId: viewer.userId });
  return id;
}
