import { CommentReacted } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { listReaders } from '../../store/posts/posts.ts';
import { toComments } from '../../store/reactions/reactions.ts';
import { giveReaction } from './give-reaction.ts';
import { lockCommentReaction } from './lock-reaction.ts';

/** Puts an emoji on a comment that the viewer may read; gives the comment's id. It being there already changes nothing. */
export async function reactToComment(
  tx: Tx,
  viewer: Viewer,
  args: { commentId: string; emoji: string },
): Promise<string> {
  const { reaction, subject } = await lockCommentReaction(tx, viewer, args);
  const at = await giveReaction(tx, toComments, reaction);
  if (!at) return subject.commentId;
  const { userId, emoji } = reaction;
  // Who wrote it may read the post no more: they must not hear of it.
  const [commentAuthorId = null] = await listReaders(tx, subject.postId, [subject.commentAuthorId]);
  await publish(tx, CommentReacted, { ...subject, commentAuthorId, userId, emoji, at: at.toISOString() });
  return subject.commentId;
}
