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
      mentioned_ids AS "mentionedIds", media_ids AS "mediaIds", quote_of_id AS "quoteOfId",
      created_at AS "createdAt", edited_at AS "editedAt",
      removed_at AS "removedAt", removed_reason AS "removedReason"
    FROM posts
    WHERE author_id = ${userId}::uuid
      AND (created_at, id) > (coalesce(${time ?? null}::timestamptz, '-infinity'),
        coalesce(${id ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
    ORDER BY created_at, id LIMIT ${limit}`;
};

/** Earlier texts of their posts. */
export const listPostEditsForExport = (
  reader: Reader,
  userId: string,
  after: string | null,
  limit: number,
): PromiseLike<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT e.id, e.post_id AS "postId", e.text, e.content_warning AS "contentWarning",
      e.mentioned_ids AS "mentionedIds", e.edited_at AS "editedAt"
    FROM post_edits e JOIN posts p ON p.id = e.post_id
    WHERE p.author_id = ${userId}::uuid AND (${after}::uuid IS NULL OR e.id > ${after}::uuid)
    ORDER BY e.id LIMIT ${limit}`;

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
    WHERE author_id = ${userId}::uuid AND deleted_at IS NULL AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit}`;

/** Their reactions. `after` is a post's id and an emoji. */
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
      AND (post_id, emoji) > (coalesce(${postId ?? null}::uuid, '00000000-0000-0000-0000-000000000000'),
        coalesce(${emoji ?? null}::text, ''))
    ORDER BY post_id, emoji LIMIT ${limit}`;
};
