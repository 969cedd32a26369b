import { PostReactionRemoved } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { deleteReaction } from '../../store/reactions/reactions.ts';
import { lockReaction } from './lock-reaction.ts';

/** Takes the viewer's emoji off a post; gives the post's id. It not being there changes nothing. */
export async function removePostReaction(
  tx: Tx,
  viewer: Viewer,
  args: { postId: string; emoji: string },
): Promise<string> {
  const { reaction, postAuthorId } = await lockReaction(tx, viewer, args);
  if (await deleteReaction(tx, reaction)) {
    await publish(tx, PostReactionRemoved, { ...reaction, postAuthorId, at: new Date().toISOString() });
  }
  return reaction.postId;
}
