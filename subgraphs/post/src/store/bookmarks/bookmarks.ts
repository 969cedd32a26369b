import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { Reader, Tx } from '../client.ts';
import { beforePlace, type Place } from '../paging/list-pages.ts';
import { type PostRow, postColumns } from '../posts/posts.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

export interface BookmarkKey {
  userId: string;
  postId: string;
}

/** False when the person has `most` of them and this is not one; it being there already changes nothing. */
export async function insertBookmark(
  tx: Tx,
  { userId, postId }: BookmarkKey,
  most: number,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isPut: boolean }[]>`
    WITH present AS (
      SELECT count(*) < ${most} AS "isRoom"
      FROM (SELECT 1 FROM bookmarks WHERE user_id = ${userId}::uuid LIMIT ${most}) AS present
    ), put AS (
      INSERT INTO bookmarks (user_id, post_id) SELECT ${userId}::uuid, ${postId}::uuid FROM present WHERE "isRoom"
      ON CONFLICT DO NOTHING)
    SELECT "isRoom" OR EXISTS (
      SELECT 1 FROM bookmarks WHERE user_id = ${userId}::uuid AND post_id = ${postId}::uuid) AS "isPut" FROM present`;
  return row?.isPut === true;
}

export const deleteBookmark = async (tx: Tx, { userId, postId }: BookmarkKey) =>
  tx.$executeRaw`DELETE FROM bookmarks WHERE user_id = ${userId}::uuid AND post_id = ${postId}::uuid`;

/** A post of the list, and when the bookmark was put. */
export type BookmarkedPost = PostRow & { bookmarkedAt: Date };

/** A page of one person's bookmarks, latest first, of posts that they may read. */
export const listBookmarkPage = async (db: Reader, userId: string, page: PageRequest<Place>) =>
  db.$queryRaw<BookmarkedPost[]>`
    SELECT ${postColumns}, b.created_at AS "bookmarkedAt"
    FROM bookmarks b JOIN posts p ON p.id = b.post_id
    WHERE b.user_id = ${userId}::uuid AND (b.created_at, b.post_id) < ${beforePlace(page.after)}
      AND ${visibleTo(uuid(userId))}
    ORDER BY b.created_at DESC, b.post_id DESC
    LIMIT ${page.limit}`;

/** Whether who asks has a bookmark on each post. */
export async function listBookmarked(db: Reader, asked: readonly Asked[]): Promise<boolean[]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<{ nth: number }[]>`
    SELECT asked.nth::int AS nth
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, post_id, nth)
    JOIN bookmarks b ON b.user_id = asked.viewer_id AND b.post_id = asked.post_id`;
  return inOrder(asked, rows).map((found) => found !== null);
}
