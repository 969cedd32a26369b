import { PostReacted } from '@socialhub/platform/contracts/post';
import { badUserInput, notFound } from '@socialhub/platform/errors';
import { publish } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Tx } from '../../store/client.ts';
import { findPostForShare } from '../../store/posts/posts.ts';
import {
  countReactions,
  findReaction,
  insertReaction,
  lockReactions,
} from '../../store/reactions/reactions.ts';
import { checkEmoji } from './emoji.ts';

const maxPerPerson = 5;

/** Puts an emoji on a post that the viewer may read; gives the post's id. It being there already changes nothing. */
export async function reactToPost(
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
  if (await findReaction(tx, reaction)) return postId;
  if ((await countReactions(tx, postId, userId)) >= maxPerPerson) {
    throw badUserInput('input.emoji', `is one too many: a person may put ${maxPerPerson} on a post`);
  }
  const createdAt = await insertReaction(tx, reaction);
  await publish(tx, PostReacted, { ...reaction, postAuthorId, at: createdAt.toISOString() });
  return postId;
}
