import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

/** What people react to, and where it is kept: the tables of single reactions and of counts, and their column of its ids. */
export interface Reactable {
  kind: 'post' | 'comment';
  given: Prisma.Sql;
  counts: Prisma.Sql;
  subjectId: Prisma.Sql;
}

export const toPosts: Reactable = {
  kind: 'post',
  given: Prisma.sql`post_reactions`,
  counts: Prisma.sql`reaction_counts`,
  subjectId: Prisma.sql`post_id`,
};

export const toComments: Reactable = {
  kind: 'comment',
  given: Prisma.sql`comment_reactions`,
  counts: Prisma.sql`comment_reaction_counts`,
  subjectId: Prisma.sql`comment_id`,
};

export interface Reaction {
  subjectId: string;
  userId: string;
  emoji: string;
}

const maxEmojisShown = 100;

/** From here to the transaction's end nobody else changes this person's reactions to this post or comment. */
export const lockReactions = (tx: Tx, subjectId: string, userId: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reaction ${subjectId} ${userId}`}, 0))`;

/** The person's emojis on it, in the order in which they were given. */
export async function listOwnReactions(
  tx: Tx,
  { given, subjectId }: Reactable,
  reaction: Omit<Reaction, 'emoji'>,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ emoji: string }[]>`
    SELECT emoji FROM ${given} WHERE ${subjectId} = ${reaction.subjectId}::uuid AND user_id = ${reaction.userId}::uuid
    ORDER BY created_at, emoji`;
  return rows.map(({ emoji }) => emoji);
}

/** Gives the time that the database put on it. The caller holds the lock and knows that it is not there. */
export async function insertReaction(
  tx: Tx,
  { given, counts, subjectId }: Reactable,
  reaction: Reaction,
): Promise<Date> {
  const [row] = await tx.$queryRaw<{ createdAt: Date }[]>`
    INSERT INTO ${given} (${subjectId}, user_id, emoji)
    VALUES (${reaction.subjectId}::uuid, ${reaction.userId}::uuid, ${reaction.emoji}) RETURNING created_at AS "createdAt"`;
  if (!row) throw new Error('an insert gave no row');
  await tx.$executeRaw`
    INSERT INTO ${counts} AS c (${subjectId}, emoji, count) VALUES (${reaction.subjectId}::uuid, ${reaction.emoji}, 1)
    ON CONFLICT (${subjectId}, emoji) DO UPDATE SET count = c.count + 1`;
  return row.createdAt;
}

/** False when there was none. */
export async function deleteReaction(
  tx: Tx,
  { given, counts, subjectId }: Reactable,
  reaction: Reaction,
): Promise<boolean> {
  const gone = await tx.$executeRaw`
    DELETE FROM ${given} WHERE ${subjectId} = ${reaction.subjectId}::uuid AND user_id = ${reaction.userId}::uuid
      AND emoji = ${reaction.emoji}`;
  if (gone === 0) return false;
  const isIt = Prisma.sql`${subjectId} = ${reaction.subjectId}::uuid AND emoji = ${reaction.emoji}`;
  await tx.$executeRaw`UPDATE ${counts} SET count = count - 1 WHERE ${isIt}`;
  await tx.$executeRaw`DELETE FROM ${counts} WHERE ${isIt} AND count = 0`;
  return true;
}

/** The hundred most used emojis of each post or comment, most used first, then the one used first. */
export const listReactionCounts = async (
  db: Reader,
  { counts, subjectId }: Reactable,
  ids: readonly string[],
) =>
  db.$queryRaw<{ subjectId: string; emoji: string; count: number }[]>`
    SELECT subject.id AS "subjectId", used.emoji, used.count
    FROM unnest(${ids}::uuid[]) AS subject (id)
    CROSS JOIN LATERAL (
      SELECT * FROM ${counts} WHERE ${subjectId} = subject.id
      ORDER BY count DESC, first_used_at, emoji LIMIT ${maxEmojisShown}
    ) used
    ORDER BY used.count DESC, used.first_used_at, used.emoji`;

/** The reactions of who asks to each post or comment, in the order in which they were given. */
export async function listViewerReactions(
  db: Reader,
  { given, subjectId }: Reactable,
  asked: readonly Asked[],
): Promise<string[][]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<{ nth: number; emojis: string[] }[]>`
    SELECT asked.nth::int AS nth, array_agg(given.emoji ORDER BY given.created_at, given.emoji) AS emojis
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, id, nth)
    JOIN ${given} AS given ON given.${subjectId} = asked.id AND given.user_id = asked.viewer_id
    GROUP BY asked.nth`;
  return inOrder(asked, rows).map((found) => found?.emojis ?? []);
}
