import { PostAppeared } from '@socialhub/platform/contracts/signals';
import type { Database } from '@socialhub/platform/database/database';
import type { Live } from '@socialhub/platform/events/live';
import { createLogFeed, type LogFeed } from '@socialhub/platform/events/log-feed';
import { CutPage, type Following, pagesOf } from '@socialhub/platform/events/log-reader';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Client, Reader } from '../client.ts';
import { type PostRow, postColumns } from '../posts/posts.ts';
import { homePeople, standsInHome } from '../visibility/home.ts';
import { createHomeAudience } from './home-audience.ts';

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
 * Posts that entered each one's home timeline behind their place, in the order of the transactions that wrote them. One
 * that ends late has its place ahead of posts that have come: its posts are read then, and those are not again.
 */
export async function listEntered(
  db: Reader,
  followings: readonly Following<LogPlace>[],
  limit: number,
): Promise<(LogEntry[] | CutPage<LogEntry>)[]> {
  const column = <T>(of: (place: LogPlace) => T): T[] => followings.map(({ after }) => of(after));
  const viewer = Prisma.sql`following.viewer_id`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT following.nth::int AS nth, p.*, now() AS "readAt",
      (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS ended
    FROM unnest(
      ${followings.map(({ listener }) => listener)}::uuid[],
      ${column(({ since }) => since.toISOString())}::timestamptz[],
      ${column(({ writtenBy }) => String(writtenBy))}::bigint[],
      ${column(({ id }) => id)}::uuid[],
      ${column(({ ahead }) => `{${ahead.map(({ id }) => id).join()}}`)}::text[]
    ) WITH ORDINALITY AS following (viewer_id, since, written_by, post_id, ahead, nth)
    CROSS JOIN LATERAL (
      SELECT p.*
      FROM (${homePeople(viewer)}) author
      CROSS JOIN LATERAL (
        SELECT ${postColumns}, p.written_by AS "writtenBy" FROM posts p
        WHERE p.author_id = author.id AND p.created_at >= following.since
          AND (p.written_by, p.id) > (following.written_by, following.post_id)
          AND p.id <> ALL (following.ahead::uuid[]) AND ${standsInHome(viewer)}
        ORDER BY p.written_by, p.id
        LIMIT ${limit}
      ) p
      ORDER BY p."writtenBy", p.id
      LIMIT ${limit}
    ) p
    ORDER BY following.nth, p."writtenBy", p.id`;
  return pagesOf(followings, rows).map((page, at) =>
    entriesOf(page, (followings[at] as Following<LogPlace>).after),
  );
}

type Row = PostRow & { nth: number; writtenBy: bigint; ended: bigint; readAt: Date };

/** Ends before the posts that come ahead of transactions which have not ended, when they are too many: of another service's no signal comes. */
function entriesOf(rows: readonly Omit<Row, 'nth'>[], after: LogPlace): LogEntry[] | CutPage<LogEntry> {
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
    if (ahead.length >= maxAhead) return new CutPage(entries);
    ahead = [...ahead, written];
    // Every transaction before `ended` has ended: nothing can come ahead of this place.
    entries.push({ post, place: { since, writtenBy: ended - 1n, id: lastId, ahead } });
  }
  return entries;
}

const isBehind = (one: Written, other: Written) =>
  one.writtenBy > other.writtenBy || (one.writtenBy === other.writtenBy && one.id > other.id);

/** The home timelines of all people, each followed from its places on. */
export type HomeLog = LogFeed<LogEntry, LogPlace>;

/** Everybody hears of every post; one that does not enter their timeline costs them no read of it. */
export function createHomeLog({ prisma }: Pick<Database<Client>, 'prisma'>, live: Live): HomeLog {
  const isInHomeTimeline = createHomeAudience(prisma);
  return createLogFeed({
    live,
    topicOf: () => PostAppeared,
    concerns: (payload, viewerId) => isInHomeTimeline({ ...payload, viewerId }),
    readAfter: (followings, limit) => listEntered(prisma, followings, limit),
    placeOf: ({ place }) => place,
  });
}
