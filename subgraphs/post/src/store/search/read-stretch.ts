import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader } from '../client.ts';
import type { Place } from '../paging/list-pages.ts';
import { type PostRow, postColumns } from '../posts/posts.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

/** The posts of a stretch that the viewer may read, and the last place in it; null where the list ends in it. */
export interface PostStretch {
  rows: PostRow[];
  end: Place | null;
}

/**
 * Reads a stretch of a list of posts, newest first: `places` is a query of at most `size` rows (created_at, post_id, is_wanted), of which it
 * gives the first `limit` that are wanted, are as `isFound` says of `posts p`, and that the viewer may read.
 */
export async function readStretch(
  db: Reader,
  viewerId: string | null,
  {
    places,
    size,
    limit,
    isFound = Prisma.sql`true`,
  }: { places: Prisma.Sql; size: number; limit: number; isFound?: Prisma.Sql },
): Promise<PostStretch> {
  const rows = await db.$queryRaw<(PostRow & { looked: number; endTime: Date; endId: string })[]>`
    WITH stretch AS MATERIALIZED (${places}), last AS MATERIALIZED (
      SELECT created_at, post_id, (SELECT count(*)::int FROM stretch) AS looked
      FROM stretch ORDER BY created_at, post_id LIMIT 1
    )
    SELECT last.looked, last.created_at AS "endTime", last.post_id AS "endId", found.*
    FROM last LEFT JOIN LATERAL (
      SELECT ${postColumns}
      FROM (SELECT * FROM stretch WHERE is_wanted ORDER BY created_at DESC, post_id DESC OFFSET 0) AS place
      CROSS JOIN LATERAL (
        SELECT * FROM posts p WHERE p.id = place.post_id AND ${isFound} AND ${visibleTo(uuid(viewerId))} OFFSET 0
      ) AS p
      ORDER BY place.created_at DESC, place.post_id DESC
      LIMIT ${limit}
    ) AS found ON true`;
  const [first] = rows;
  if (!first) return { rows: [], end: null };
  const end: Place | null = first.looked < size ? null : [first.endTime, first.endId];
  return { rows: rows.filter(({ id }) => id !== null), end };
}
