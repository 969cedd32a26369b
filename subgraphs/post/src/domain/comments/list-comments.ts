import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import type { Context } from '../../context.ts';
import type { CommentRow } from '../../store/comments/comments.ts';
import type { PageArgs } from '../paging/page-args.ts';

const placeOf = (comment: CommentRow): [Date, string] => [comment.createdAt, comment.id];

/** A page of the comments that answer the post itself. */
export async function commentsOn({ loaders, viewer }: Context, postId: string, args: PageArgs) {
  const cursors = cursorCodec('Post.comments', timeAndId, { viewerId: viewer?.userId ?? null, of: postId });
  const page = pageRequest(args, cursors);
  return toConnection(await loaders.comments.load({ ownerId: postId, page }), page, placeOf, cursors);
}

/** A page of the comments that answer a comment. */
export async function repliesTo({ loaders, viewer }: Context, commentId: string, args: PageArgs) {
  const cursors = cursorCodec('Comment.replies', timeAndId, {
    viewerId: viewer?.userId ?? null,
    of: commentId,
  });
  const page = pageRequest(args, cursors);
  return toConnection(await loaders.replies.load({ ownerId: commentId, page }), page, placeOf, cursors);
}
