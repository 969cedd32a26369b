import { PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteReaction, toPosts } from '../../store/reactions/reactions.ts';
import { lockPostReaction } from './lock-reaction.ts';

/** Takes the viewer's emoji off a post; gives the post's id. It not being there changes nothing. */
export async function removePostReaction(
  tx: Tx,
  viewer: Viewer,
  args: { postId: string; emoji: string },
): Promise<string> {
  const { reaction, subject } = await lockPostReaction(tx, viewer, args);
  const { userId, emoji } = reaction;
  if (await deleteReaction(tx, toPosts, reaction))
    await publish(tx, PostReactionRemoved, { ...subject, userId, emoji, at: new Date().toISOString() });
  return subject.postId;
}
