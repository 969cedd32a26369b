import type { Reader } from '../client.ts';
import { type PostRow, postColumns } from '../posts/posts.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';

/** Where a post stands in the order in which transactions wrote posts. */
export interface Written {
  writtenBy: bigint;
  id: string;
}

/** A place in that order: behind a post, and behind those that came ahead of transactions which had not ended yet. */
export interface LogPlace extends Written {
  /** No post from before this is new. */
  since: Date;
  ahead: readonly Written[];
}

/** A post that is new, and the place behind it. */
export interface LogEntry {
  post: PostRow;
  place: LogPlace;
}

/** So many posts may come ahead of a transaction that has not ended; those after them wait for it. */
export const maxAhead = 5;
/** Longer than any transaction lasts: a post that such a one writes is not older than this. */
const longestTransactionMs = 60_000;
const [firstId, lastId] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** A number behind every transaction that has begun, in this cluster of databases. */
export async function findNextTransaction(db: Reader): Promise<bigint> {
  const [row] = await db.$queryRaw<{ next: bigint }[]>`
    SELECT (pg_snapshot_xmax(pg_current_snapshot())::text)::bigint AS next`;
  return row?.next ?? 0n;
}

/** Where somebody begins who wants posts from `moment` on. */
export const placeAt = (moment: Date): LogPlace => ({ since: moment, writtenBy: 0n, id: firstId, ahead: [] });

/**
 * Posts that entered the viewer's home timeline behind a place, in the order of the transactions that wrote them. One
 * that ends late has its place ahead of posts that have come: its posts are read then, and those are not again.
 */
export async function listEntered(
  db: Reader,
  viewerId: string,
  after: LogPlace,
  limit: number,
): Promise<LogEntry[]> {
  const rows = await db.$queryRaw<(PostRow & { writtenBy: bigint; ended: bigint; readAt: Date })[]>`
    SELECT ${postColumns}, p.written_by AS "writtenBy", now() AS "readAt",
      (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS ended
    FROM (
      SELECT ${viewerId}::uuid AS id
      UNION
      SELECT followee_id FROM follows WHERE follower_id = ${viewerId}::uuid AND active
    ) author
    CROSS JOIN LATERAL (
      SELECT * FROM posts p
      WHERE p.author_id = author.id AND p.created_at >= ${after.since}
        AND (p.written_by, p.id) > (${after.writtenBy}, ${after.id}::uuid)
        AND p.id <> ALL (${after.ahead.map(({ id }) => id)}::uuid[]) AND ${visibleTo(uuid(viewerId))}
      ORDER BY p.written_by, p.id
      LIMIT ${limit}
    ) p
    ORDER BY p.written_by, p.id
    LIMIT ${limit}`;
  const entries: LogEntry[] = [];
  let { ahead } = after;
  for (const { writtenBy, ended, readAt, ...post } of rows) {
    const since = new Date(Math.max(after.since.getTime(), readAt.getTime() - longestTransactionMs));
    const written = { writtenBy, id: post.id };
    if (writtenBy < ended) {
      ahead = ahead.filter((one) => isBehind(one, written));
      entries.push({ post, place: { since, ...written, ahead } });
      continue;
    }
    if (ahead.length >= maxAhead) break;
    ahead = [...ahead, written];
    // Every transaction before `ended` has ended: nothing can come ahead of this place.
    entries.push({ post, place: { since, writtenBy: ended - 1n, id: lastId, ahead } });
  }
  return entries;
}

const isBehind = (one: Written, other: Written) =>
  one.writtenBy > other.writtenBy || (one.writtenBy === other.writtenBy && one.id > other.id);
