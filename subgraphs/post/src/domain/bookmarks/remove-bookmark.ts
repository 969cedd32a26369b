import type { Viewer } from '@socialhub/platform/identity/identity';
import { deleteBookmark } from '../../store/bookmarks/bookmarks.ts';
import type { Tx } from '../../store/client.ts';

/** Takes the viewer's bookmark away, if there is one, whether or not they may read the post; gives the post's id. */
export async function removeBookmark(
  tx: Tx,
  { userId }: Viewer,
  { postId }: { postId: string },
): Promise<string> {
  await deleteBookmark(tx, { userId, postId });
  return postId;
}
