import { commentEditsOf } from '../domain/comments/list-comment-edits.ts';
import { repliesTo } from '../domain/comments/list-comments.ts';
import { removalOf } from '../domain/moderation/removal.ts';
import { requirePost } from '../domain/visibility/require-row.ts';
import type { CommentResolvers } from '../generated/resolvers.ts';

export const Comment: CommentResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.comment.load(id),
  post: ({ postId }, _args, context) => requirePost(context, postId),
  parent: ({ parentId }, _args, { loaders }) => (parentId ? loaders.comment.load(parentId) : null),
  author: ({ authorId, deletedAt }) => (deletedAt ? null : { id: authorId }),
  text: ({ text, deletedAt }) => (deletedAt ? '' : text),
  edits: (comment, args, context) => commentEditsOf(context, comment, args),
  reactions: ({ id, deletedAt }, _args, { loaders }) =>
    deletedAt ? [] : loaders.commentReactionCounts.load(id),
  viewerReactions: ({ id, deletedAt }, _args, { loaders }) =>
    deletedAt ? [] : loaders.viewerCommentReactions.load(id),
  replies: ({ id }, args, context) => repliesTo(context, id, args),
  removal: removalOf,
};
