import type { Tx } from '../client.ts';

/** Sets whether one person blocks another, unless a newer event has told otherwise: gives whether it was set. */
export async function updateBlock(
  tx: Tx,
  block: { blockerId: string; blockedId: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO blocks (blocker_id, blocked_id, active, sequence)
    VALUES (${block.blockerId}::uuid, ${block.blockedId}::uuid, ${block.active}, ${block.sequence})
    ON CONFLICT (blocker_id, blocked_id) DO UPDATE
    SET active = excluded.active, sequence = excluded.sequence
    WHERE blocks.sequence < excluded.sequence`;
  return changed > 0;
}
