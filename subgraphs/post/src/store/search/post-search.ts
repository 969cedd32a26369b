import type { PageRequest } from '@socialhub/platform/database/pagination';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { beforeParts, beforePlace, firstId, type Place } from '../paging/list-pages.ts';
import { mediaLeft, type PostRow, postColumns } from '../posts/posts.ts';
import { type Lexemes, lexemesOf, wordsVector } from '../text/words-vector.ts';
import { uuid, visibleTo } from '../visibility/visibility.ts';
import { type PostStretch, readStretch } from './read-stretch.ts';

/** What is searched for, as tsquery's texts (domain/search/ts-query.ts), and when it was written. */
export interface Search {
  exact: string;
  loose: string;
  since: Date | null;
  before: Date | null;
  /** Whether media has to be left of what was posted: words do not change when it is deleted. */
  hasMedia: boolean;
}

/** The lexemes that each word has in the index. */
export async function listLexemes(
  db: Reader,
  words: readonly string[],
  stemmers: readonly (string | null)[],
): Promise<Map<string, string[]>> {
  if (words.length === 0) return new Map();
  const rows = await db.$queryRaw<{ word: string; lexemes: string[] }[]>`
    SELECT w.word, ${lexemesOf} AS lexemes FROM unnest(${words}::text[], ${stemmers}::text[]) AS w (word, stemmer)`;
  return new Map(rows.map(({ word, lexemes }) => [word, lexemes]));
}

/** A stretch of all posts, newest first, of which those count that are searched for. */
export const readMatching = (
  db: Reader,
  viewerId: string,
  search: Search,
  { after, size, limit }: { after: Place | null; size: number; limit: number },
): Promise<PostStretch> =>
  readStretch(db, viewerId, {
    places: Prisma.sql`
      SELECT s.created_at, s.post_id, s.words @@ ${search.exact}::tsquery AS is_wanted FROM post_search s
      WHERE (s.created_at, s.post_id) < ${beforePlace(startOf(after, search.before))}
        AND s.created_at >= ${sinceOf(search.since)}
      ORDER BY s.created_at DESC, s.post_id DESC LIMIT ${size}`,
    size,
    limit,
    isFound: isFoundBy(search),
  });

/**
 * A page of the posts that are searched for and that the viewer may read, by the index of words, and how many of them there are before it,
 * visible or not; null when these are more than `most`. The index gives them in no order: they are counted first, then put in order, and
 * looked at until the page is full.
 */
export async function listMatches(
  db: Reader,
  viewerId: string,
  search: Search,
  { after, limit }: Pick<PageRequest<Place>, 'after' | 'limit'>,
  most: number,
): Promise<{ rows: PostRow[]; matches: number } | null> {
  const { exact, loose, since } = search;
  const [time, id] = beforeParts(startOf(after, search.before));
  const rows = await db.$queryRaw<(PostRow & { matches: number })[]>`
    WITH match AS MATERIALIZED (
      SELECT * FROM matching_posts(${loose}::tsquery, ${sinceOf(since)}, ${time}, ${id}, ${most + 1}::int)
    ), total AS MATERIALIZED (
      SELECT count(*)::int AS matches FROM match
    )
    SELECT total.matches, found.*
    FROM total LEFT JOIN LATERAL (
      SELECT ${postColumns}
      FROM (SELECT * FROM match WHERE total.matches <= ${most} ORDER BY created_at DESC, post_id DESC OFFSET 0) AS place
      CROSS JOIN LATERAL (
        SELECT * FROM posts p WHERE p.id = place.post_id AND ${isFoundBy(search)} AND ${visibleTo(uuid(viewerId))}
          AND EXISTS (SELECT 1 FROM post_search s WHERE s.post_id = p.id AND s.words @@ ${exact}::tsquery OFFSET 0) OFFSET 0
      ) AS p
      ORDER BY place.created_at DESC, place.post_id DESC
      LIMIT ${limit}
    ) AS found ON true`;
  const matches = rows[0]?.matches ?? 0;
  return matches > most ? null : { rows: rows.filter(({ id }) => id !== null), matches };
}

const isFoundBy = ({ hasMedia }: Search): Prisma.Sql =>
  hasMedia ? Prisma.sql`cardinality(${mediaLeft}) > 0` : Prisma.sql`true`;

const sinceOf = (since: Date | null): Prisma.Sql =>
  Prisma.sql`${since?.toISOString() ?? '-infinity'}::timestamptz`;

/** Where the page begins: behind the cursor, and before the time. */
export const startOf = <After extends Place | null>(after: After, before: Date | null): After | Place =>
  before && (!after || before <= after[0]) ? [before, firstId] : after;

/** When the first of all posts since then was written; null when there is none. */
export async function findFirstTime(db: Reader, since: Date | null): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ createdAt: Date }[]>`
    SELECT created_at AS "createdAt" FROM post_search WHERE created_at >= ${sinceOf(since)}
    ORDER BY created_at, post_id LIMIT 1`;
  return row?.createdAt ?? null;
}

/** A post that the index of words does not have yet. */
export interface UnindexedPost {
  id: string;
  authorId: string;
  text: string;
  contentWarning: string | null;
  hashtags: string[];
  mediaIds: string[];
  /** It has no words of its own. */
  isRepost: boolean;
}

/** Posts in order of id, without reposts, those behind `after`, locked against being deleted. */
export const listPostsToIndex = async (tx: Tx, after: string | null, limit: number) =>
  tx.$queryRaw<UnindexedPost[]>`
    SELECT id, author_id AS "authorId", text, content_warning AS "contentWarning", hashtags, media_ids AS "mediaIds",
      repost_of_id IS NOT NULL AS "isRepost"
    FROM posts
    WHERE id = ANY (ARRAY(SELECT id FROM posts WHERE id > ${after ?? firstId}::uuid ORDER BY id LIMIT ${limit}))
    ORDER BY id FOR KEY SHARE`;

/** Puts a post into the index of words, unless it is there: then as somebody changed it meanwhile. */
export const insertPostSearch = async (tx: Tx, postId: string, lexemes: Lexemes) =>
  tx.$executeRaw`
    INSERT INTO post_search (post_id, created_at, words)
    SELECT id, created_at, ${wordsVector(lexemes, Prisma.sql`posts.created_at`)} FROM posts WHERE id = ${postId}::uuid
    ON CONFLICT (post_id) DO NOTHING`;
