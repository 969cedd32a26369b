import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { Reader, Tx } from '../client.ts';

export interface Reaction {
  postId: string;
  userId: string;
  emoji: string;
}

const maxEmojisShown = 100;

/** From here to the transaction's end nobody else changes this person's reactions to this post. */
export const lockReactions = (tx: Tx, postId: string, userId: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`reaction ${postId} ${userId}`}, 0))`;

export const countReactions = (tx: Tx, postId: string, userId: string) =>
  tx.postReaction.count({ where: { postId, userId } });

export const findReaction = (tx: Tx, reaction: Reaction) =>
  tx.postReaction.findUnique({ where: { postId_userId_emoji: reaction }, select: { emoji: true } });

/** Gives the time that the database put on it. The caller holds the lock and knows that it is not there. */
export async function insertReaction(tx: Tx, reaction: Reaction): Promise<Date> {
  const { createdAt } = await tx.postReaction.create({ data: reaction, select: { createdAt: true } });
  await tx.$executeRaw`
    INSERT INTO reaction_counts (post_id, emoji, count) VALUES (${reaction.postId}::uuid, ${reaction.emoji}, 1)
    ON CONFLICT (post_id, emoji) DO UPDATE SET count = reaction_counts.count + 1`;
  return createdAt;
}

/** False when there was none. */
export async function deleteReaction(tx: Tx, { postId, userId, emoji }: Reaction): Promise<boolean> {
  const { count } = await tx.postReaction.deleteMany({ where: { postId, userId, emoji } });
  if (count === 0) return false;
  await tx.reactionCount.update({
    where: { postId_emoji: { postId, emoji } },
    data: { count: { decrement: 1 } },
    select: { count: true },
  });
  await tx.reactionCount.deleteMany({ where: { postId, emoji, count: 0 } });
  return true;
}

/** The hundred most used emojis of each post, most used first, then the one used first. */
export const listReactionCounts = async (db: Reader, postIds: readonly string[]) =>
  db.$queryRaw<{ postId: string; emoji: string; count: number }[]>`
    SELECT used.post_id AS "postId", used.emoji, used.count
    FROM unnest(${postIds}::uuid[]) AS post (id)
    CROSS JOIN LATERAL (
      SELECT * FROM reaction_counts WHERE post_id = post.id
      ORDER BY count DESC, first_used_at, emoji LIMIT ${maxEmojisShown}
    ) used
    ORDER BY used.count DESC, used.first_used_at, used.emoji`;

/** The reactions of who asks to each post, in the order in which they were given. */
export async function listViewerReactions(db: Reader, asked: readonly Asked[]): Promise<string[][]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await db.$queryRaw<{ nth: number; emojis: string[] }[]>`
    SELECT asked.nth::int AS nth, array_agg(given.emoji ORDER BY given.created_at, given.emoji) AS emojis
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, post_id, nth)
    JOIN post_reactions given ON given.post_id = asked.post_id AND given.user_id = asked.viewer_id
    GROUP BY asked.nth`;
  return inOrder(asked, rows).map((found) => found?.emojis ?? []);
}
