import type { Viewer } from '@socialhub/platform/identity/identity';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { bookmarkPost } from '../domain/bookmarks/bookmark-post.ts';
import { removeBookmark } from '../domain/bookmarks/remove-bookmark.ts';
import { createComment } from '../domain/comments/create-comment.ts';
import { deleteComment } from '../domain/comments/delete-comment.ts';
import { updateComment } from '../domain/comments/update-comment.ts';
import { removeComment } from '../domain/moderation/remove-comment.ts';
import { removePost } from '../domain/moderation/remove-post.ts';
import { restoreComment } from '../domain/moderation/restore-comment.ts';
import { restorePost } from '../domain/moderation/restore-post.ts';
import { createPost, draftPost } from '../domain/posts/create-post.ts';
import { deletePost } from '../domain/posts/delete-post.ts';
import { updatePost } from '../domain/posts/update-post.ts';
import { reactToComment } from '../domain/reactions/react-to-comment.ts';
import { reactToPost } from '../domain/reactions/react-to-post.ts';
import { removeCommentReaction } from '../domain/reactions/remove-comment-reaction.ts';
import { removePostReaction } from '../domain/reactions/remove-post-reaction.ts';
import { repost as makeRepost } from '../domain/reposts/repost.ts';
import { undoRepost } from '../domain/reposts/undo-repost.ts';
import { requireComment, requirePost } from '../domain/visibility/require-row.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import type { Removable } from '../store/moderation/removals.ts';

export const Mutation: MutationResolvers = {
  async createPost(_root, { input }, context) {
    const draft = await draftPost(context, requireViewer(context), input);
    return changedPost(context, (tx, viewer) => createPost(tx, viewer, draft));
  },
  updatePost: (_root, { input }, context) =>
    changedPost(context, (tx, viewer) => updatePost(tx, viewer, input)),
  deletePost: async (_root, { input }, context) => ({
    deletedId: await change(context, (tx, viewer) => deletePost(tx, viewer, input.postId)),
  }),
  reactToPost: (_root, { input }, context) =>
    changedPost(context, (tx, viewer) => reactToPost(tx, viewer, input)),
  removePostReaction: (_root, { input }, context) =>
    changedPost(context, (tx, viewer) => removePostReaction(tx, viewer, input)),
  bookmarkPost: (_root, { input }, context) =>
    changedPost(context, (tx, viewer) => bookmarkPost(tx, viewer, input)),
  removeBookmark: async (_root, { input }, context) => ({
    post: await context.loaders.post.load(
      await change(context, (tx, viewer) => removeBookmark(tx, viewer, input)),
    ),
  }),
  repost: async (_root, { input }, context) => {
    const id = await change(context, (tx, viewer) => makeRepost(tx, viewer, input));
    const [post, repost] = await Promise.all([
      requirePost(context, input.postId),
      context.loaders.post.load(id),
    ]);
    return { post, repost };
  },
  undoRepost: async (_root, { input }, context) => ({
    post: await context.loaders.post.load(
      await change(context, (tx, viewer) => undoRepost(tx, viewer, input)),
    ),
  }),
  createComment: (_root, { input }, context) =>
    changedComment(context, (tx, viewer) => createComment(tx, viewer, input)),
  updateComment: (_root, { input }, context) =>
    changedComment(context, (tx, viewer) => updateComment(tx, viewer, input)),
  deleteComment: async (_root, { input }, context) => ({
    deletedId: await change(context, (tx, viewer) => deleteComment(tx, viewer, input.commentId)),
  }),
  reactToComment: (_root, { input }, context) =>
    changedComment(context, (tx, viewer) => reactToComment(tx, viewer, input)),
  removeCommentReaction: (_root, { input }, context) =>
    changedComment(context, (tx, viewer) => removeCommentReaction(tx, viewer, input)),
  removePost: (_root, { input }, context) => moderate(context, (tx, viewer) => removePost(tx, viewer, input)),
  restorePost: (_root, { input }, context) =>
    moderate(context, (tx, viewer) => restorePost(tx, viewer, input.postId)),
  removeComment: (_root, { input }, context) =>
    moderate(context, (tx, viewer) => removeComment(tx, viewer, input)),
  restoreComment: (_root, { input }, context) =>
    moderate(context, (tx, viewer) => restoreComment(tx, viewer, input.commentId)),
};

async function moderate(context: Context, act: (tx: Tx, viewer: Viewer) => Promise<Removable>) {
  const viewer = requireViewer(context);
  return { standing: await context.db.transaction((tx) => act(tx, viewer)) };
}

type Change = (tx: Tx, viewer: Viewer) => Promise<string>;

/** Runs a change in one transaction; gives the id that it gave. */
async function change(context: Context, make: Change): Promise<string> {
  const viewer = requireViewer(context);
  const id = await context.db.transaction((tx) => make(tx, viewer));
  context.loaders.forget();
  return id;
}

const changedPost = async (context: Context, make: Change) => ({
  post: await requirePost(context, await change(context, make)),
});

const changedComment = async (context: Context, make: Change) => ({
  comment: await requireComment(context, await change(context, make)),
});
