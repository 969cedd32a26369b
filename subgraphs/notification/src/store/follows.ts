import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

interface Pair {
  followerId: string;
  followeeId: string;
}

/**
 * Sets whether a follower is notified of each post, unless a newer event has told otherwise. A bell may come before its
 * follow, and after the end of it: it counts in the follow that it was rung in.
 */
export const updateBell = async (
  tx: Tx,
  { followerId, followeeId, bell, sequence }: Pair & { bell: boolean; sequence: bigint },
): Promise<number> => tx.$executeRaw`
  INSERT INTO follows (follower_id, followee_id, active, bell, bell_sequence)
  VALUES (${followerId}::uuid, ${followeeId}::uuid, false, ${bell}, ${sequence})
  ON CONFLICT (follower_id, followee_id) DO UPDATE SET bell = excluded.bell, bell_sequence = excluded.bell_sequence
  WHERE follows.bell_sequence < excluded.bell_sequence`;

/** A query of the ids of those who are notified of each post of the person. */
export const ringersOf = (userId: string): Prisma.Sql =>
  Prisma.sql`SELECT follower_id FROM follows WHERE followee_id = ${userId}::uuid AND rings`;
