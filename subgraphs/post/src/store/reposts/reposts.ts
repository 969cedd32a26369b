import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { Reader, Tx } from '../client.ts';
import { type PostRow, type Repeatable, repeatableColumns, type Target } from '../posts/posts.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

/** A post that the viewer may read, locked as by whatever changes its counts. */
export async function findPostToRepost(tx: Tx, viewerId: string, id: string): Promise<Repeatable | null> {
  const [row] = await tx.$queryRaw<Repeatable[]>`
    SELECT ${repeatableColumns} FROM posts p
    WHERE p.id = ${id}::uuid AND ${visibleTo(uuid(viewerId))} FOR NO KEY UPDATE OF p`;
  return row ?? null;
}

/** Any post, locked in the same way, and whether the viewer may read it. */
export async function findPostForUpdate(tx: Tx, viewerId: string, id: string) {
  const [row] = await tx.$queryRaw<(Target & { isVisible: boolean })[]>`
    SELECT p.author_id AS "authorId", p.repost_of_id AS "repostOfId", ${visibleTo(uuid(viewerId))} AS "isVisible"
    FROM posts p WHERE p.id = ${id}::uuid FOR NO KEY UPDATE OF p`;
  return row ?? null;
}

/** A person's repost of a post. */
export interface RepostKey {
  userId: string;
  postId: string;
}

/**
 * The person's repost of the post, which is new unless there is one, and one more is counted then. The caller holds the post's
 * lock, so that each is later than the one before it, in the order in which they can be seen.
 */
export async function insertRepost(tx: Tx, { userId, postId }: RepostKey, id: string) {
  const [row] = await tx.$queryRaw<(Pick<PostRow, 'id' | 'createdAt'> & { isNew: boolean })[]>`
    WITH latest AS (
      SELECT created_at FROM posts WHERE repost_of_id = ${postId}::uuid ORDER BY created_at DESC, id DESC LIMIT 1
    ), put AS (
      INSERT INTO posts
        (id, author_id, text, visibility, hashtags, mentioned_ids, media_ids, repost_of_id, created_at)
      VALUES (${id}::uuid, ${userId}::uuid, '', 'PUBLIC', '{}', '{}', '{}', ${postId}::uuid,
        greatest(clock_timestamp(), (SELECT created_at + interval '1 ms' FROM latest)))
      ON CONFLICT (author_id, repost_of_id) WHERE repost_of_id IS NOT NULL DO NOTHING
      RETURNING id, created_at
    ), counted AS (
      UPDATE posts SET repost_count = repost_count + 1
      WHERE id = ${postId}::uuid AND EXISTS (SELECT 1 FROM put)
    )
    SELECT id, created_at AS "createdAt", true AS "isNew" FROM put
    UNION ALL
    SELECT id, created_at, false FROM posts
    WHERE author_id = ${userId}::uuid AND repost_of_id = ${postId}::uuid`;
  if (!row) throw new Error('an insert gave no row');
  return row;
}

/** Deletes the person's repost, which is one less, and gives its id; null when there is none. The caller holds the post's lock. */
export async function deleteRepost(tx: Tx, { userId, postId }: RepostKey): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    WITH gone AS (
      DELETE FROM posts WHERE author_id = ${userId}::uuid AND repost_of_id = ${postId}::uuid RETURNING id
    ), counted AS (
      UPDATE posts SET repost_count = repost_count - 1
      WHERE id = ${postId}::uuid AND EXISTS (SELECT 1 FROM gone)
    )
    SELECT id FROM gone`;
  return row?.id ?? null;
}

/** Deletes at most `limit` reposts of a post that is gone. Gives how many. */
export const deleteRepostsOf = async (tx: Tx, postId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM posts WHERE id IN (
      SELECT id FROM posts WHERE repost_of_id = ${postId}::uuid ORDER BY created_at DESC, id DESC LIMIT ${limit})`;

/** Whether who asks has reposted each post. */
export async function listReposted(db: Reader, asked: readonly Asked[]): Promise<boolean[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<{ nth: number }[]>`
    SELECT asked.nth::int AS nth
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, post_id, nth)
    JOIN posts repost ON repost.author_id = asked.viewer_id AND repost.repost_of_id = asked.post_id`;
  return inOrder(asked, rows).map((found) => found !== null);
}
