import type { Tx } from './client.ts';

/** Sets whether an emoji stands, unless a newer event has told otherwise: gives whether it was set. */
export async function updateReaction(
  tx: Tx,
  reaction: { postId: string; userId: string; emoji: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO reactions (post_id, user_id, emoji, active, sequence)
    VALUES (${reaction.postId}::uuid, ${reaction.userId}::uuid, ${reaction.emoji}, ${reaction.active},
      ${reaction.sequence})
    ON CONFLICT (post_id, user_id, emoji) DO UPDATE SET active = excluded.active, sequence = excluded.sequence
    WHERE reactions.sequence < excluded.sequence`;
  return changed > 0;
}

/** Whether any emoji of the person's stands on the post. */
export async function hasReaction(tx: Tx, postId: string, userId: string): Promise<boolean> {
  const one = await tx.reaction.findFirst({
    where: { postId, userId, active: true },
    select: { emoji: true },
  });
  return one !== null;
}

export const deleteReactions = async (tx: Tx, postId: string) =>
  tx.reaction.deleteMany({ where: { postId } });
