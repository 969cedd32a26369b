import { PostReacted } from '@socialhub/platform/contracts/post';
import { badUserInput } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { countReactions, findReaction, insertReaction } from '../../store/reactions/reactions.ts';
import { lockReaction } from './lock-reaction.ts';

const maxPerPerson = 5;

/** Puts an emoji on a post that the viewer may read; gives the post's id. It being there already changes nothing. */
export async function reactToPost(
  tx: Tx,
  viewer: Viewer,
  args: { postId: string; emoji: string },
): Promise<string> {
  const { reaction, postAuthorId } = await lockReaction(tx, viewer, args);
  const { postId, userId } = reaction;
  if (await findReaction(tx, reaction)) return postId;
  if ((await countReactions(tx, postId, userId)) >= maxPerPerson) {
    throw badUserInput('input.emoji', `is one too many: a person may put ${maxPerPerson} on a post`);
  }
  const createdAt = await insertReaction(tx, reaction);
  await publish(tx, PostReacted, { ...reaction, postAuthorId, at: createdAt.toISOString() });
  return postId;
}
