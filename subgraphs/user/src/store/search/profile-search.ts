import type { PageRequest } from '@socialhub/platform/database/pagination';
import { searchKey } from '@socialhub/platform/text/search-key';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

/** What is looked for, in the forms in which it is stored. */
export interface Sought {
  /** As the beginning of a username; null when it can't be one. */
  username: string | null;
  /** As a search key. */
  key: string;
}

/** Where somebody stands among those who are found: followed first, then by how they match, how much, and always in the same order. */
export type MatchKey = [isStranger: number, match: number, unlikeness: number, id: string];

export interface MatchRow {
  id: string;
  isStranger: number;
  match: number;
  unlikeness: number;
}

/** So many people are found at most, and so many looked at of each way to be found. */
const most = 100;
/** Of whom the viewer follows, those since last are looked through; the better half of those that are found leaves room for others. */
const mostFollowed = 1_000;
const mostOfFollowed = 50;
/** Shorter ones are a part of too many names. */
const leastAlike = 3;
/** One letter wrong, missing or too many in a word of five. The function `profiles_alike` has the same. */
const alike = 0.45;

/** Behind all that begins with the text, in the order of bytes. */
const endOf = (text: string): string => `${text}\u{10ffff}`;

/**
 * A page of the people whom a person may be looking for: their username or name begins so, or has a part like it. No more
 * than 100 are found in all, and no more are looked at for them however many there are. Nobody who is not active, or who blocks the viewer
 * or is blocked by them.
 */
export async function listMatches(
  reader: Reader,
  viewerId: string,
  { username, key }: Sought,
  { limit, after }: PageRequest<MatchKey>,
): Promise<MatchRow[]> {
  const viewer = Prisma.sql`${viewerId}::uuid`;
  const columns = Prisma.sql`p.id, p.username, p.search_name, p.search_text`;
  const isFound = Prisma.sql`p.is_active
    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.blocker_id = p.id AND b.blocked_id = ${viewer} OFFSET 0)
    AND NOT EXISTS (SELECT 1 FROM block b WHERE b.blocker_id = ${viewer} AND b.blocked_id = p.id OFFSET 0)`;
  // Not LIKE: what is typed has no wildcards, and a plan for whatever is typed has the index.
  const begins = (column: Prisma.Sql, text: string | null) =>
    Prisma.sql`(${column} ~>=~ ${text}::text AND ${column} ~<~ ${text === null ? null : endOf(text)}::text)`;
  const byUsername = begins(Prisma.sql`p.username`, username);
  const byName = begins(Prisma.sql`p.search_name`, key);
  const isAlike = Prisma.sql`(char_length(${key}::text) >= ${leastAlike} AND word_similarity(${key}::text, p.search_text) >= ${alike})`;
  const behind = after
    ? Prisma.sql`WHERE (found."isStranger", found.match, found.unlikeness, found.id)
        > (${after[0]}::int, ${after[1]}::int, ${after[2]}::int, ${after[3]}::uuid)`
    : Prisma.empty;
  return reader.$queryRaw<MatchRow[]>`
    WITH named AS MATERIALIZED (
      SELECT ${columns} FROM profile p WHERE ${byUsername} AND ${isFound}
      ORDER BY p.is_active, p.username USING ~<~ LIMIT ${most}
    ), called AS MATERIALIZED (
      SELECT ${columns} FROM profile p WHERE ${byName} AND ${isFound}
      ORDER BY p.is_active, p.search_name USING ~<~ LIMIT ${most}
    ), followed AS MATERIALIZED (
      SELECT ${columns}
      FROM (
        SELECT followee_id FROM follow WHERE follower_id = ${viewer} AND standing = 'FOLLOWING'
        ORDER BY since DESC, followee_id DESC LIMIT ${mostFollowed}
      ) AS followee
      CROSS JOIN LATERAL (SELECT * FROM profile p WHERE p.id = followee.followee_id OFFSET 0) AS p
      WHERE (${byUsername} OR ${byName} OR ${isAlike}) AND ${isFound}
      ORDER BY (${byUsername} OR ${byName}) IS NOT TRUE, word_similarity(${key}::text, p.search_text) DESC, p.id
      LIMIT ${mostOfFollowed}
    ), candidate AS (
      SELECT * FROM followed UNION ALL SELECT * FROM named UNION ALL SELECT * FROM called
      UNION ALL
      SELECT alike.*
      FROM (SELECT WHERE char_length(${key}::text) >= ${leastAlike} AND (SELECT count(*) FROM named) + (SELECT count(*) FROM called) < ${most}) AS few
      CROSS JOIN LATERAL profiles_alike(${key}::text, ${viewer}, ${most}) AS alike
    ), ranked AS (
      SELECT p.id,
        CASE WHEN EXISTS (
          SELECT 1 FROM follow f WHERE f.follower_id = ${viewer} AND f.followee_id = p.id AND f.standing = 'FOLLOWING' OFFSET 0)
        THEN 0 ELSE 1 END AS "isStranger",
        CASE WHEN p.username = ${username}::text OR p.search_name = ${key}::text THEN 0 WHEN ${byUsername} OR ${byName} THEN 1 ELSE 2 END AS match,
        round((1 - word_similarity(${key}::text, p.search_text)) * 1000)::int AS unlikeness
      FROM (SELECT DISTINCT ON (id) * FROM candidate) AS p
    ), found AS (
      SELECT * FROM ranked ORDER BY match > 0, "isStranger", match, unlikeness, id LIMIT ${most}
    )
    SELECT found.* FROM found ${behind} ORDER BY 2, 3, 4, 1 LIMIT ${limit}`;
}

interface NamedRow {
  id: string;
  displayName: string;
}

/** The next people by id whose names are to be folded, locked against a change of name. */
export const lockNames = (tx: Tx, after: string, limit: number): PromiseLike<NamedRow[]> =>
  tx.$queryRaw<NamedRow[]>`
    SELECT id, display_name AS "displayName" FROM profile WHERE id > ${after}::uuid
    ORDER BY id LIMIT ${limit} FOR NO KEY UPDATE`;

export const updateSearchNames = async (tx: Tx, rows: readonly NamedRow[]): Promise<number> =>
  tx.$executeRaw`
    UPDATE profile p SET search_name = named.key
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ displayName }) => searchKey(displayName))}::text[])
      AS named (id, key)
    WHERE p.id = named.id`;
