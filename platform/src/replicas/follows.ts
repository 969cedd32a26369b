import type { RawSql } from '../database/sql-text.ts';

/** Of a service's `follows`: sets whether one person follows another, unless a newer event has told otherwise. Gives whether it was set. */
export async function updateFollow(
  tx: RawSql,
  follow: { followerId: string; followeeId: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO follows (follower_id, followee_id, active, sequence)
    VALUES (${follow.followerId}::uuid, ${follow.followeeId}::uuid, ${follow.active}, ${follow.sequence})
    ON CONFLICT (follower_id, followee_id) DO UPDATE
    SET active = excluded.active, sequence = excluded.sequence
    WHERE follows.sequence < excluded.sequence`;
  return changed > 0;
}
