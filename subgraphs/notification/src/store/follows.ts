import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

/** Sets whether one person follows another, unless a newer event has told otherwise: gives whether it was set. */
export async function updateFollow(
  tx: Tx,
  follow: { followerId: string; followeeId: string; active: boolean; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO follows (follower_id, followee_id, active, sequence)
    VALUES (${follow.followerId}::uuid, ${follow.followeeId}::uuid, ${follow.active}, ${follow.sequence})
    ON CONFLICT (follower_id, followee_id) DO UPDATE SET active = excluded.active, sequence = excluded.sequence
    WHERE follows.sequence < excluded.sequence`;
  return changed > 0;
}

/** A query of the ids of those who follow the person. */
export const followersOf = (userId: string): Prisma.Sql =>
  Prisma.sql`SELECT follower_id FROM follows WHERE followee_id = ${userId}::uuid AND active`;
