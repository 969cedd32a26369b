import { erasedUserId } from '@socialhub/platform/ids';
import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';
import type { Reactable } from './reactions/reactions.ts';

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

/** Erases at most `limit` reactions to comments that stand under a person's posts. */
export const eraseReactionsUnderPosts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM comment_reactions WHERE (comment_id, user_id, emoji) IN (
      SELECT r.comment_id, r.user_id, r.emoji
      FROM posts p JOIN comments c ON c.post_id = p.id JOIN comment_reactions r ON r.comment_id = c.id
      WHERE p.author_id = ${userId}::uuid LIMIT ${limit})`;

/** Erases at most `limit` reactions to a person's comments. */
export const eraseReactionsToComments = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM comment_reactions WHERE (comment_id, user_id, emoji) IN (
      SELECT r.comment_id, r.user_id, r.emoji FROM comments c JOIN comment_reactions r ON r.comment_id = c.id
      WHERE c.author_id = ${userId}::uuid LIMIT ${limit})`;

/** Erases at most `limit` earlier texts of a person's comments. */
export const eraseCommentEdits = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM comment_edits WHERE id IN (
      SELECT e.id FROM comments c JOIN comment_edits e ON e.comment_id = c.id
      WHERE c.author_id = ${userId}::uuid LIMIT ${limit})`;

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

/** Erases at most `limit` reposts of a person's posts. */
export const eraseRepostsOfPosts = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM posts WHERE id IN (
      SELECT repost.id FROM posts p
      CROSS JOIN LATERAL (SELECT id FROM posts WHERE repost_of_id = p.id OFFSET 0) repost
      WHERE p.author_id = ${userId}::uuid LIMIT ${limit})`;

/** Takes at most `limit` of a person's reposts back. */
export async function eraseReposts(tx: Tx, userId: string, limit: number): Promise<number> {
  const originals = await lockPosts(
    tx,
    Prisma.sql`SELECT repost_of_id FROM posts WHERE author_id = ${userId}::uuid AND repost_of_id IS NOT NULL
      ORDER BY repost_of_id LIMIT ${limit}`,
  );
  return tx.$executeRaw`
    WITH gone AS (
      DELETE FROM posts WHERE id IN (
        SELECT repost.id FROM unnest(${originals}::uuid[]) AS original (id) CROSS JOIN LATERAL (
          SELECT id FROM posts WHERE author_id = ${userId}::uuid AND repost_of_id = original.id OFFSET 0) repost)
      RETURNING repost_of_id AS id
    )
    UPDATE posts SET repost_count = repost_count - 1 FROM gone WHERE posts.id = gone.id`;
}

/** Erases at most `limit` of a person's posts and gives their ids; quotes of them stay without it. */
export async function erasePosts(tx: Tx, userId: string, limit: number): Promise<string[]> {
  const theirs = await tx.$queryRaw<{ id: string; quoteOfId: string | null }[]>`
    SELECT id, quote_of_id AS "quoteOfId" FROM posts
    WHERE author_id = ${userId}::uuid ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
  const ids = theirs.map(({ id }) => id);
  await lockPosts(
    tx,
    Prisma.sql`SELECT unnest(${[...ids, ...theirs.flatMap(({ quoteOfId }) => quoteOfId ?? [])]}::uuid[])`,
  );
  const gone = await tx.$queryRaw<{ id: string; quoteOfId: string | null }[]>`
    DELETE FROM posts WHERE id = ANY (${ids}::uuid[]) RETURNING id, quote_of_id AS "quoteOfId"`;
  const quoted = gone.flatMap(({ quoteOfId }) => quoteOfId ?? []);
  if (quoted.length > 0)
    await tx.$executeRaw`
      UPDATE posts SET quote_count = quote_count - quoted.count
      FROM (SELECT id, count(*) FROM unnest(${quoted}::uuid[]) AS quoted (id) GROUP BY id) AS quoted
      WHERE posts.id = quoted.id`;
  return gone.map(({ id }) => id);
}

/** Locks posts in the order of their age, what is quoted before what quotes it, and gives their ids. */
async function lockPosts(tx: Tx, ids: Prisma.Sql): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM posts WHERE id IN (${ids}) ORDER BY id FOR NO KEY UPDATE`;
  return rows.map(({ id }) => id);
}

/** Leaves nothing of at most `limit` comments but their places, on which the replies of others hang. */
export const eraseComments = async (tx: Tx, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    WITH theirs AS MATERIALIZED (
      SELECT id FROM comments WHERE author_id = ${userId}::uuid ORDER BY id LIMIT ${limit}
    ), counts AS (
      DELETE FROM comment_reaction_counts WHERE comment_id = ANY (ARRAY(SELECT id FROM theirs))
    )
    UPDATE comments SET author_id = ${erasedUserId}::uuid, text = '', mentioned_ids = '{}', edited_at = NULL,
      deleted_at = coalesce(deleted_at, now()), removed_at = NULL, removed_reason = NULL
    WHERE id IN (SELECT id FROM theirs)`;

/** Takes at most `limit` of a person's reactions back: of those to posts, or to comments. */
export const eraseReactions = async (
  tx: Tx,
  { given, counts, subjectId }: Reactable,
  userId: string,
  limit: number,
): Promise<number> => {
  const gone = await tx.$queryRaw<{ subjectId: string; emoji: string }[]>`
    DELETE FROM ${given} WHERE (${subjectId}, user_id, emoji) IN (
      SELECT ${subjectId}, user_id, emoji FROM ${given} WHERE user_id = ${userId}::uuid
      ORDER BY ${subjectId}, emoji LIMIT ${limit})
    RETURNING ${subjectId} AS "subjectId", emoji`;
  const [ids, emojis] = [gone.map((one) => one.subjectId), gone.map(({ emoji }) => emoji)];
  await tx.$executeRaw`
    UPDATE ${counts} c SET count = c.count - 1
    FROM unnest(${ids}::uuid[], ${emojis}::text[]) AS gone (id, emoji)
    WHERE c.${subjectId} = gone.id AND c.emoji = gone.emoji`;
  await tx.$executeRaw`DELETE FROM ${counts} WHERE ${subjectId} = ANY (${ids}::uuid[]) AND count = 0`;
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
