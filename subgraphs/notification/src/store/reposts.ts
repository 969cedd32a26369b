import type { Tx } from './client.ts';

/** Sets whether a repost is there, unless a newer event has told otherwise: gives whether it was set. */
export async function updateRepost(
  tx: Tx,
  repost: { postId: string; userId: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO reposts (post_id, user_id, active, sequence)
    VALUES (${repost.postId}::uuid, ${repost.userId}::uuid, ${repost.active}, ${repost.sequence})
    ON CONFLICT (post_id, user_id) DO UPDATE SET active = excluded.active, sequence = excluded.sequence
    WHERE reposts.sequence < excluded.sequence`;
  return changed > 0;
}

export const deleteReposts = async (tx: Tx, postId: string) => tx.repost.deleteMany({ where: { postId } });
