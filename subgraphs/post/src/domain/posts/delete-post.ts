import { PostDeleted } from '@socialhub/platform/contracts/post';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteOwnPost, findOwnRepeat, updateUnquoted } from '../../store/posts/posts.ts';
import { deleteReposts } from '../reposts/delete-reposts.ts';
import { takeRepostBack } from '../reposts/undo-repost.ts';

/** Removes the author's own post with its comments, reactions and reposts; gives its id. A repost of theirs is undone. */
export async function deletePost(tx: Tx, viewer: Viewer, postId: string): Promise<string> {
  const repeat = await findOwnRepeat(tx, viewer.userId, postId);
  if (repeat?.repostOfId) {
    if (!(await takeRepostBack(tx, viewer, repeat.repostOfId))) throw notFound('Post');
    return postId;
  }
  if (repeat?.quoteOfId) await updateUnquoted(tx, repeat.quoteOfId);
  if (!(await deleteOwnPost(tx, viewer.userId, postId))) throw notFound('Post');
  await deleteReposts(tx, postId, viewer.userId);
  await publish(tx, PostDeleted, { postId, authorId: viewer.userId });
  return postId;
}
