import { PostReacted } from '@socialhub/platform/contracts/post';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { toPosts } from '../../store/reactions/reactions.ts';
import { giveReaction } from './give-reaction.ts';
import { lockPostReaction } from './lock-reaction.ts';

/** Puts an emoji on a post that the viewer may read; gives the post's id. It being there already changes nothing. */
export async function reactToPost(
  tx: Tx,
  viewer: Viewer,
  args: { postId: string; emoji: string },
): Promise<string> {
  const { reaction, subject } = await lockPostReaction(tx, viewer, args);
  const at = await giveReaction(tx, toPosts, reaction);
  const { userId, emoji } = reaction;
  if (at) await publish(tx, PostReacted, { ...subject, userId, emoji, at: at.toISOString() });
  return subject.postId;
}
