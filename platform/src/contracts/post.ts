import * as z from 'zod';
import { defineEvent } from './contract.ts';

const visibility = z.enum(['PUBLIC', 'FOLLOWERS', 'MENTIONED']);

/**
 * A post is out. `mentionedIds` are people, never the author, whom the text names with @username; `quoteOfAuthorId` is
 * null when they may not read this post.
 */
export const PostCreated = defineEvent({
  name: 'post_created',
  version: 1,
  producer: 'post',
  data: z.object({
    postId: z.uuid(),
    authorId: z.uuid(),
    visibility,
    mentionedIds: z.array(z.uuid()),
    quoteOfId: z.uuid().nullable(),
    quoteOfAuthorId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
  }),
  aggregate: (data) => data.postId,
});

/** Its text changed; `mentionedIds` are those named now. */
export const PostUpdated = defineEvent({
  name: 'post_updated',
  version: 1,
  producer: 'post',
  data: z.object({ postId: z.uuid(), authorId: z.uuid(), visibility, mentionedIds: z.array(z.uuid()) }),
  aggregate: (data) => data.postId,
});

/** It is gone, with its comments, reactions and reposts. */
export const PostDeleted = defineEvent({
  name: 'post_deleted',
  version: 1,
  producer: 'post',
  data: z.object({ postId: z.uuid(), authorId: z.uuid() }),
  aggregate: (data) => data.postId,
});

/**
 * A comment, or a reply to one (`parentId`), stands under a post. `mentionedIds` and `parentAuthorId` are people who
 * may read the post: of others there is no telling.
 */
export const CommentCreated = defineEvent({
  name: 'comment_created',
  version: 1,
  producer: 'post',
  data: z.object({
    commentId: z.uuid(),
    postId: z.uuid(),
    postAuthorId: z.uuid(),
    parentId: z.uuid().nullable(),
    parentAuthorId: z.uuid().nullable(),
    authorId: z.uuid(),
    mentionedIds: z.array(z.uuid()),
    createdAt: z.iso.datetime(),
  }),
  aggregate: (data) => data.postId,
});

/** Its text changed; `mentionedIds` are those named now. All as of one that is new. */
export const CommentUpdated = defineEvent({
  name: 'comment_updated',
  version: 1,
  producer: 'post',
  data: z.object({
    commentId: z.uuid(),
    postId: z.uuid(),
    postAuthorId: z.uuid(),
    parentAuthorId: z.uuid().nullable(),
    authorId: z.uuid(),
    mentionedIds: z.array(z.uuid()),
  }),
  aggregate: (data) => data.postId,
});

/** Its author took it away; its place remains. */
export const CommentDeleted = defineEvent({
  name: 'comment_deleted',
  version: 1,
  producer: 'post',
  data: z.object({ commentId: z.uuid(), postId: z.uuid(), authorId: z.uuid() }),
  aggregate: (data) => data.postId,
});

const reaction = z.object({
  postId: z.uuid(),
  postAuthorId: z.uuid(),
  userId: z.uuid(),
  emoji: z.string(),
  at: z.iso.datetime(),
});

/** Somebody put an emoji on a post. */
export const PostReacted = defineEvent({
  name: 'post_reacted',
  version: 1,
  producer: 'post',
  data: reaction,
  aggregate: (data) => data.postId,
});

/** ... and took it back. */
export const PostReactionRemoved = defineEvent({
  name: 'post_reaction_removed',
  version: 1,
  producer: 'post',
  data: reaction,
  aggregate: (data) => data.postId,
});

const commentReaction = z.object({
  commentId: z.uuid(),
  postId: z.uuid(),
  /** null when they may not read the post: of others there is no telling. */
  commentAuthorId: z.uuid().nullable(),
  userId: z.uuid(),
  emoji: z.string(),
  at: z.iso.datetime(),
});

/** Somebody put an emoji on a comment. */
export const CommentReacted = defineEvent({
  name: 'comment_reacted',
  version: 1,
  producer: 'post',
  data: commentReaction,
  aggregate: (data) => data.postId,
});

/** ... and took it back. */
export const CommentReactionRemoved = defineEvent({
  name: 'comment_reaction_removed',
  version: 1,
  producer: 'post',
  data: commentReaction.extend({ commentAuthorId: z.uuid() }),
  aggregate: (data) => data.postId,
});

const repost = z.object({
  postId: z.uuid(),
  postAuthorId: z.uuid(),
  repostId: z.uuid(),
  userId: z.uuid(),
  at: z.iso.datetime(),
});

/** Somebody passed a post on to their followers. */
export const PostReposted = defineEvent({
  name: 'post_reposted',
  version: 1,
  producer: 'post',
  data: repost,
  aggregate: (data) => data.postId,
});

/** ... and took that back. */
export const RepostUndone = defineEvent({
  name: 'repost_undone',
  version: 1,
  producer: 'post',
  data: repost,
  aggregate: (data) => data.postId,
});

const moderation = z.object({
  postId: z.uuid(),
  /** Who wrote it. */
  authorId: z.uuid(),
  moderatorId: z.uuid(),
  at: z.iso.datetime(),
});
const removedPost = moderation.extend({ mediaIds: z.array(z.uuid()) });
const removedComment = moderation.extend({ commentId: z.uuid() });

/** A moderator took a post out of everybody's sight but its author's, who is told why. */
export const PostRemoved = defineEvent({
  name: 'post_removed',
  version: 1,
  producer: 'post',
  data: removedPost.extend({ reason: z.string() }),
  aggregate: (data) => data.postId,
});

/** ... and brought it back. */
export const PostRestored = defineEvent({
  name: 'post_restored',
  version: 1,
  producer: 'post',
  data: removedPost,
  aggregate: (data) => data.postId,
});

/** A moderator took a comment out of everybody's sight but its author's, who is told why. */
export const CommentRemoved = defineEvent({
  name: 'comment_removed',
  version: 1,
  producer: 'post',
  data: removedComment.extend({ reason: z.string() }),
  aggregate: (data) => data.postId,
});

/** ... and brought it back. */
export const CommentRestored = defineEvent({
  name: 'comment_restored',
  version: 1,
  producer: 'post',
  data: removedComment,
  aggregate: (data) => data.postId,
});
