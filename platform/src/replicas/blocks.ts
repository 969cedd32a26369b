import type { RawSql } from '../database/sql-text.ts';

/** Of a service's `blocks`: sets whether one person blocks another, unless a newer event has told otherwise. Gives whether it was set. */
export async function updateBlock(
  tx: RawSql,
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

/** Erases at most `limit` of those that a person is part of, on either side. */
export const eraseBlocks = async (tx: RawSql, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM blocks WHERE (blocker_id, blocked_id) IN (
      SELECT * FROM (
        (SELECT blocker_id, blocked_id FROM blocks WHERE blocker_id = ${userId}::uuid ORDER BY blocked_id LIMIT ${limit})
        UNION ALL
        (SELECT blocker_id, blocked_id FROM blocks WHERE blocked_id = ${userId}::uuid ORDER BY blocker_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;
