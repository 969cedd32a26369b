import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { insertBookmark } from '../../store/bookmarks/bookmarks.ts';
import type { Tx } from '../../store/client.ts';
import { findPostForShare } from '../../store/posts/posts.ts';
import { requireTarget } from '../reposts/no-repost.ts';

/** Those of posts that one may read no more are passed by in every page of the list, so that there is an end to them. */
const maxBookmarks = 5_000;

/** Puts a bookmark on a post that the viewer may read, once; gives the post's id. Throws NOT_FOUND, BAD_USER_INPUT. */
export async function bookmarkPost(
  tx: Tx,
  { userId }: Viewer,
  { postId }: { postId: string },
): Promise<string> {
  requireTarget(await findPostForShare(tx, userId, postId));
  if (!(await insertBookmark(tx, { userId, postId }, maxBookmarks)))
    throw badUserInput('input.postId', `is one too many: a person has ${maxBookmarks} bookmarks at most`);
  return postId;
}
