import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkEmoji } from '@socialhub/platform/text/check-emoji';
import type { Tx } from '../../store/client.ts';
import { findCommentForShare } from '../../store/comments/comments.ts';
import { findPostForShare } from '../../store/posts/posts.ts';
import { lockReactions, type Reaction } from '../../store/reactions/reactions.ts';
import { requireTarget } from '../reposts/no-repost.ts';

/** A reaction of the viewer's, there or not, with what its events tell of what it is to. */
interface Locked<Subject> {
  reaction: Reaction;
  subject: Subject;
}

/**
 * A reaction of the viewer's, there or not, to a post that they may read: nobody else changes theirs to it until the
 * transaction ends. Throws BAD_USER_INPUT for what is no emoji, NOT_FOUND.
 */
export const lockPostReaction = (
  tx: Tx,
  viewer: Viewer,
  { postId, emoji }: { postId: string; emoji: string },
) =>
  lock(tx, viewer, { id: postId, emoji }, 'Post', async (userId) => {
    const { authorId } = requireTarget(await findPostForShare(tx, userId, postId));
    return { postId, postAuthorId: authorId };
  });

/** The same to a comment that stands under such a post. */
export const lockCommentReaction = (
  tx: Tx,
  viewer: Viewer,
  { commentId, emoji }: { commentId: string; emoji: string },
) =>
  lock(tx, viewer, { id: commentId, emoji }, 'Comment', async (userId) => {
    const comment = await findCommentForShare(tx, userId, commentId);
    return comment && { commentId, postId: comment.postId, commentAuthorId: comment.authorId };
  });

async function lock<Subject>(
  tx: Tx,
  { userId }: Viewer,
  { id, emoji }: { id: string; emoji: string },
  what: string,
  find: (userId: string) => Promise<Subject | null>,
): Promise<Locked<Subject>> {
  const reaction = { subjectId: id, userId, emoji: checkEmoji('input.emoji', emoji) };
  await lockReactions(tx, id, userId);
  const subject = await find(userId);
  if (!subject) throw notFound(what);
  return { reaction, subject };
}
