import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { insertBookmark } from '../../store/bookmarks/bookmarks.ts';
import type { Tx } from '../../store/client.ts';
import { findPostForShare } from '../../store/posts/posts.ts';

/** Puts a bookmark on a post that the viewer may read, once; gives the post's id. Throws NOT_FOUND. */
export async function bookmarkPost(
  tx: Tx,
  { userId }: Viewer,
  { postId }: { postId: string },
): Promise<string> {
  if (!(await findPostForShare(tx, userId, postId))) throw notFound('Post');
  await insertBookmark(tx, { userId, postId });
  return postId;
}
