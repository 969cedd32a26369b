import { PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { findPostForShare } from '../../store/posts/posts.ts';
import { deleteReaction, lockReactions } from '../../store/reactions/reactions.ts';
import { checkEmoji } from './emoji.ts';

/** Takes the viewer's emoji off a post; gives the post's id. It not being there changes nothing. */
export async function removePostReaction(
  tx: Tx,
  viewer: Viewer,
  args: { postId: string; emoji: string },
): Promise<string> {
  const reaction = {
    postId: args.postId,
    userId: viewer.userId,
    emoji: checkEmoji('input.emoji', args.emoji),
  };
  const { postId, userId } = reaction;
  await lockReactions(tx, postId, userId);
  const postAuthorId = await findPostForShare(tx, userId, postId);
  if (!postAuthorId) throw notFound('Post');
  if (await deleteReaction(tx, reaction)) {
    await publish(tx, PostReactionRemoved, { ...reaction, postAuthorId, at: new Date().toISOString() });
  }
  return postId;
}
