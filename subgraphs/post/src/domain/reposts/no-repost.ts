import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Repeatable, Target } from '../../store/posts/posts.ts';

/**
 * A repost is a post without anything of its own: nothing is put on it or done to it, and it is not repeated. Throws
 * BAD_USER_INPUT for one.
 */
export function refuseRepost({ repostOfId }: Pick<Target, 'repostOfId'>, field: string): void {
  if (repostOfId !== null) throw badUserInput(field, 'is a repost: name the post that it is of');
}

/** What something is to be put on. Throws NOT_FOUND where there is none, BAD_USER_INPUT for a repost. */
export function requireTarget<Found extends Pick<Target, 'repostOfId'>>(
  found: Found | null,
  field = 'input.postId',
): Found {
  if (!found) throw notFound('Post');
  refuseRepost(found, field);
  return found;
}

/** What is to be quoted or reposted: what only some may read is not to be carried on. Throws as requireTarget. */
export function requireRepeatable(found: Repeatable | null, field: string): Repeatable {
  const post = requireTarget(found, field);
  if (!post.isOpen) throw badUserInput(field, 'must be a post that everybody may read');
  return post;
}
