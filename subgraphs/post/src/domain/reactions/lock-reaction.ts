import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkEmoji } from '@socialhub/platform/text/check-emoji';
import type { Tx } from '../../store/client.ts';
import { findPostForShare } from '../../store/posts/posts.ts';
import { lockReactions, type Reaction } from '../../store/reactions/reactions.ts';

/**
 * A reaction of the viewer's, there or not, to a post that they may read: nobody else changes theirs to it until the
 * transaction ends. Throws BAD_USER_INPUT for what is no emoji, NOT_FOUND.
 */
export async function lockReaction(
  tx: Tx,
  { userId }: Viewer,
  { postId, emoji }: { postId: string; emoji: string },
): Promise<{ reaction: Reaction; postAuthorId: string }> {
  const reaction = { postId, userId, emoji: checkEmoji('input.emoji', emoji) };
  await lockReactions(tx, postId, userId);
  const postAuthorId = await findPostForShare(tx, userId, postId);
  if (!postAuthorId) throw notFound('Post');
  return { reaction, postAuthorId };
}
