import { CommentReactionRemoved } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteReaction, toComments } from '../../store/reactions/reactions.ts';
import { lockCommentReaction } from './lock-reaction.ts';

/** Takes the viewer's emoji off a comment; gives the comment's id. It not being there changes nothing. */
export async function removeCommentReaction(
  tx: Tx,
  viewer: Viewer,
  args: { commentId: string; emoji: string },
): Promise<string> {
  const { reaction, subject } = await lockCommentReaction(tx, viewer, args);
  const { userId, emoji } = reaction;
  if (await deleteReaction(tx, toComments, reaction))
    await publish(tx, CommentReactionRemoved, { ...subject, userId, emoji, at: new Date().toISOString() });
  return subject.commentId;
}
