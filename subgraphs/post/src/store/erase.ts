import { erasedUserId } from '@socialhub/platform/ids';
import type { Tx } from './client.ts';

/** Erases at most `limit` comments that stand under a person's posts, replies first. */
export const eraseCommentsUnderPosts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM comments WHERE id IN (
      SELECT c.id FROM posts p JOIN comments c ON c.post_id = p.id
      WHERE p.author_id = ${userId}::uuid AND NOT EXISTS (SELECT 1 FROM comments r WHERE r.parent_id = c.id)
      LIMIT ${limit})`;

/** Erases at most `limit` reactions to a person's posts. */
export const eraseReactionsToPosts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM post_reactions WHERE (post_id, user_id, emoji) IN (
      SELECT r.post_id, r.user_id, r.emoji FROM posts p JOIN post_reactions r ON r.post_id = p.id
      WHERE p.author_id = ${userId}::uuid LIMIT ${limit})`;

/** Erases at most `limit` bookmarks on a person's posts. */
export const eraseBookmarksOnPosts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM bookmarks WHERE (user_id, post_id) IN (
      SELECT b.user_id, b.post_id FROM posts p JOIN bookmarks b ON b.post_id = p.id
      WHERE p.author_id = ${userId}::uuid LIMIT ${limit})`;

/** Erases at most `limit` of a person's bookmarks. */
export const eraseBookmarks = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM bookmarks WHERE (user_id, post_id) IN (
      SELECT user_id, post_id FROM bookmarks WHERE user_id = ${userId}::uuid
      ORDER BY created_at DESC, post_id DESC LIMIT ${limit})`;

/** Erases at most `limit` of a person's posts and gives their ids; quotes of them stay without it. */
export async function erasePosts(tx: Tx, userId: string, limit: number): Promise<string[]> {
  const gone = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM posts WHERE id IN (
      SELECT id FROM posts WHERE author_id = ${userId}::uuid ORDER BY created_at DESC, id DESC LIMIT ${limit})
    RETURNING id`;
  return gone.map(({ id }) => id);
}

/** Leaves nothing of at most `limit` comments but their places, on which the replies of others hang. */
export const eraseComments = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    UPDATE comments SET author_id = ${erasedUserId}::uuid, text = '', mentioned_ids = '{}', edited_at = NULL,
      deleted_at = coalesce(deleted_at, now()), removed_at = NULL, removed_reason = NULL
    WHERE id IN (SELECT id FROM comments WHERE author_id = ${userId}::uuid ORDER BY id LIMIT ${limit})`;

/** Takes at most `limit` of a person's reactions back. */
export const eraseReactions = async (tx: Tx, userId: string, limit: number): Promise<number> => {
  const gone = await tx.$queryRaw<{ postId: string; emoji: string }[]>`
    DELETE FROM post_reactions WHERE (post_id, user_id, emoji) IN (
      SELECT post_id, user_id, emoji FROM post_reactions WHERE user_id = ${userId}::uuid
      ORDER BY post_id, emoji LIMIT ${limit})
    RETURNING post_id AS "postId", emoji`;
  const [postIds, emojis] = [gone.map(({ postId }) => postId), gone.map(({ emoji }) => emoji)];
  await tx.$executeRaw`
    UPDATE reaction_counts c SET count = c.count - 1
    FROM unnest(${postIds}::uuid[], ${emojis}::text[]) AS gone (post_id, emoji)
    WHERE c.post_id = gone.post_id AND c.emoji = gone.emoji`;
  await tx.$executeRaw`
    DELETE FROM reaction_counts WHERE post_id = ANY (${postIds}::uuid[]) AND count = 0`;
  return gone.length;
};

export const eraseFollows = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM follows WHERE (follower_id, followee_id) IN (
      SELECT * FROM (
        (SELECT follower_id, followee_id FROM follows WHERE follower_id = ${userId}::uuid ORDER BY followee_id LIMIT ${limit})
        UNION ALL
        (SELECT follower_id, followee_id FROM follows WHERE followee_id = ${userId}::uuid ORDER BY follower_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;

export async function erasePerson(tx: Tx, userId: string): Promise<number> {
  await tx.authorPostCount.deleteMany({ where: { authorId: userId } });
  const { count } = await tx.person.deleteMany({ where: { id: userId } });
  return count;
}
