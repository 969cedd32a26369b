import { notFound } from '@socialhub/platform/errors';
import type { Context } from '../../context.ts';
import type { CommentRow } from '../../store/comments/comments.ts';
import type { PostRow } from '../../store/posts/posts.ts';

/** A post that the viewer may read; throws NOT_FOUND. */
export async function requirePost({ loaders }: Context, id: string): Promise<PostRow> {
  const post = await loaders.post.load(id);
  if (!post) throw notFound('Post');
  return post;
}

/** A comment that the viewer may read; throws NOT_FOUND. */
export async function requireComment({ loaders }: Context, id: string): Promise<CommentRow> {
  const comment = await loaders.comment.load(id);
  if (!comment) throw notFound('Comment');
  return comment;
}
