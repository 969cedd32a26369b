import type { Tx } from '../client.ts';

/** Sets whether one person follows another, unless a newer event has told otherwise. */
export const updateFollow = async (
  tx: Tx,
  follow: { followerId: string; followeeId: string; active: boolean; sequence: bigint },
) =>
  tx.$executeRaw`
    INSERT INTO follows (follower_id, followee_id, active, sequence)
    VALUES (${follow.followerId}::uuid, ${follow.followeeId}::uuid, ${follow.active}, ${follow.sequence})
    ON CONFLICT (follower_id, followee_id) DO UPDATE
    SET active = excluded.active, sequence = excluded.sequence
    WHERE follows.sequence < excluded.sequence`;
