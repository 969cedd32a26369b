import { CommentDeleted } from '@socialhub/platform/contracts/post';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteOwnComment } from '../../store/comments/comments.ts';

/**
 * Leaves nothing of the author's own comment but its place, on which replies hang; gives its id. Also of one under a post that they
 * may read no more, and of one that moderators removed. Throws NOT_FOUND.
 */
export async function deleteComment(tx: Tx, viewer: Viewer, commentId: string): Promise<string> {
  const postId = await deleteOwnComment(tx, viewer.userId, commentId);
  if (!postId) throw notFound('Comment');
  await publish(tx, CommentDeleted, { commentId, postId, authorId: viewer.userId });
  return commentId;
}
