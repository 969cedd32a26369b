import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import type { Reader, Tx } from '../client.ts';

export interface Reaction {
  messageId: string;
  userId: string;
  emoji: string;
}

const maxEmojisShown = 100;

/** What somebody has put on a message. */
export async function listOwnReactions(tx: Tx, messageId: string, userId: string): Promise<string[]> {
  const rows = await tx.messageReaction.findMany({ where: { messageId, userId }, select: { emoji: true } });
  return rows.map(({ emoji }) => emoji);
}

/** The caller holds the conversation's lock and knows that it is not there. */
export async function insertReaction(tx: Tx, reaction: Reaction): Promise<void> {
  await tx.messageReaction.create({ data: reaction, select: { emoji: true } });
}

/** False when there was none. */
export async function deleteReaction(tx: Tx, { messageId, userId, emoji }: Reaction): Promise<boolean> {
  const { count } = await tx.messageReaction.deleteMany({ where: { messageId, userId, emoji } });
  return count > 0;
}

export async function deleteReactionsTo(tx: Tx, messageId: string): Promise<void> {
  await tx.messageReaction.deleteMany({ where: { messageId } });
}

/** The hundred most used emojis of each message that is not deleted, most used first, then the one used first. */
export const listReactionCounts = async (reader: Reader, messageIds: readonly string[]) =>
  reader.$queryRaw<{ messageId: string; emoji: string; count: number }[]>`
    SELECT m.id AS "messageId", used.emoji, used.count
    FROM messages m CROSS JOIN LATERAL (
      SELECT emoji, count(*)::int AS count, min(created_at) AS first_used_at FROM message_reactions
      WHERE message_id = m.id GROUP BY emoji
      ORDER BY count(*) DESC, min(created_at), emoji LIMIT ${maxEmojisShown}
    ) AS used
    WHERE m.id = ANY (${messageIds}::uuid[]) AND m.deleted_at IS NULL
    ORDER BY used.count DESC, used.first_used_at, used.emoji`;

/** What who asks has put on each message that is not deleted, in the order in which they did. */
export async function listViewerReactions(reader: Reader, asked: readonly Asked[]): Promise<string[][]> {
  const { viewerIds, ids } = askedColumns(asked);
  const rows = await reader.$queryRaw<{ nth: number; emojis: string[] }[]>`
    SELECT asked.nth::int AS nth, array_agg(given.emoji ORDER BY given.created_at, given.emoji) AS emojis
    FROM unnest(${viewerIds}::uuid[], ${ids}::uuid[]) WITH ORDINALITY AS asked (viewer_id, message_id, nth)
    JOIN messages m ON m.id = asked.message_id AND m.deleted_at IS NULL
    JOIN message_reactions given ON given.message_id = m.id AND given.user_id = asked.viewer_id
    GROUP BY asked.nth`;
  return inOrder(asked, rows).map((found) => found?.emojis ?? []);
}
