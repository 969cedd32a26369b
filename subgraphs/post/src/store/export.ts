import { mediaLeftOf } from '@socialhub/platform/replicas/ready-media';
import { Prisma } from '../generated/prisma/client.ts';
import type { Reader } from './client.ts';

/** What somebody wrote, as the archive of their data shows it. */
export interface ExportedPost {
  id: string;
  createdAt: Date;
}

export interface ExportedReaction {
  postId: string;
  emoji: string;
  createdAt: Date;
}

export interface ExportedCommentReaction {
  commentId: string;
  emoji: string;
  createdAt: Date;
}

const firstId = '00000000-0000-0000-0000-000000000000';

/** Their posts, the oldest first. `after` is a time and an id. */
export const listPostsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedPost[]> => {
  const [time, id] = after?.split(' ') ?? [];
  return reader.$queryRaw<ExportedPost[]>`
    SELECT id, text, content_warning AS "contentWarning", visibility::text AS visibility, hashtags,
      mentioned_ids AS "mentionedIds", ${Prisma.raw(mediaLeftOf('media_ids'))} AS "mediaIds", quote_of_id AS "quoteOfId",
      repost_of_id AS "repostOfId",
      created_at AS "createdAt", edited_at AS "editedAt",
      removed_at AS "removedAt", removed_reason AS "removedReason"
    FROM posts
    WHERE author_id = ${userId}::uuid
      AND (created_at, id) > (${time ?? '-infinity'}::timestamptz,
        ${id ?? firstId}::uuid)
    ORDER BY created_at, id LIMIT ${limit}`;
};

/** An earlier text of one of their posts. */
export interface ExportedPostEdit {
  id: string;
  postId: string;
  postCreatedAt: Date;
  editedAt: Date;
}

/** Earlier texts of their posts, post by post. `after` is the time and id of a post, then those of one of its texts. */
export const listPostEditsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedPostEdit[]> => {
  const [postTime, postId, time, id] = after?.split(' ') ?? ['-infinity', firstId, '-infinity', firstId];
  return reader.$queryRaw<ExportedPostEdit[]>`
    SELECT e.id, e.post_id AS "postId", p.created_at AS "postCreatedAt", e.text,
      e.content_warning AS "contentWarning", e.mentioned_ids AS "mentionedIds", e.edited_at AS "editedAt"
    FROM posts p CROSS JOIN LATERAL (SELECT * FROM post_edits WHERE post_id = p.id OFFSET 0) AS e
    WHERE p.author_id = ${userId}::uuid AND (p.created_at, p.id) >= (${postTime}::timestamptz, ${postId}::uuid)
      AND (p.created_at, p.id, e.edited_at, e.id) >
        (${postTime}::timestamptz, ${postId}::uuid, ${time}::timestamptz, ${id}::uuid)
    ORDER BY p.created_at, p.id, e.edited_at, e.id LIMIT ${limit}`;
};

/** Their comments that are not deleted. */
export const listCommentsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT id, post_id AS "postId", parent_id AS "parentId", text, mentioned_ids AS "mentionedIds",
      created_at AS "createdAt", edited_at AS "editedAt", removed_at AS "removedAt", removed_reason AS "removedReason"
    FROM comments
    WHERE author_id = ${userId}::uuid AND deleted_at IS NULL AND id > ${after ?? firstId}::uuid
    ORDER BY id LIMIT ${limit}`;

/** An earlier text of one of their comments. */
export interface ExportedCommentEdit {
  id: string;
  commentId: string;
  editedAt: Date;
}

/** Earlier texts of their comments, comment by comment. `after` is a comment's id, then the time and id of one of its texts. */
export const listCommentEditsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedCommentEdit[]> => {
  const [commentId, time, id] = after?.split(' ') ?? [firstId, '-infinity', firstId];
  return reader.$queryRaw<ExportedCommentEdit[]>`
    SELECT e.id, e.comment_id AS "commentId", e.text, e.edited_at AS "editedAt"
    FROM comments c CROSS JOIN LATERAL (SELECT * FROM comment_edits WHERE comment_id = c.id OFFSET 0) AS e
    WHERE c.author_id = ${userId}::uuid AND c.id >= ${commentId}::uuid
      AND (c.id, e.edited_at, e.id) > (${commentId}::uuid, ${time}::timestamptz, ${id}::uuid)
    ORDER BY c.id, e.edited_at, e.id LIMIT ${limit}`;
};

/** Their reactions to posts. `after` is a post's id and an emoji. */
export const listReactionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedReaction[]> => {
  const [postId, emoji] = after?.split(' ') ?? [];
  return reader.$queryRaw<ExportedReaction[]>`
    SELECT post_id AS "postId", emoji, created_at AS "createdAt" FROM post_reactions
    WHERE user_id = ${userId}::uuid
      AND (post_id, emoji) > (${postId ?? firstId}::uuid,
        ${emoji ?? ''}::text)
    ORDER BY post_id, emoji LIMIT ${limit}`;
};

/** Their reactions to comments. `after` is a comment's id and an emoji. */
export const listCommentReactionsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedCommentReaction[]> => {
  const [commentId, emoji] = after?.split(' ') ?? [];
  return reader.$queryRaw<ExportedCommentReaction[]>`
    SELECT comment_id AS "commentId", emoji, created_at AS "createdAt" FROM comment_reactions
    WHERE user_id = ${userId}::uuid
      AND (comment_id, emoji) > (${commentId ?? firstId}::uuid, ${emoji ?? ''}::text)
    ORDER BY comment_id, emoji LIMIT ${limit}`;
};

export interface ExportedBookmark {
  postId: string;
  createdAt: Date;
}

/** Their bookmarks, the oldest first. `after` is a time and a post's id. */
export const listBookmarksForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<ExportedBookmark[]> => {
  const [time, id] = after?.split(' ') ?? [];
  return reader.$queryRaw<ExportedBookmark[]>`
    SELECT post_id AS "postId", created_at AS "createdAt" FROM bookmarks
    WHERE user_id = ${userId}::uuid
      AND (created_at, post_id) > (${time ?? '-infinity'}::timestamptz, ${id ?? firstId}::uuid)
    ORDER BY created_at, post_id LIMIT ${limit}`;
};
