import { Prisma } from '../generated/prisma/client.ts';
import type { Tx } from './client.ts';

/** Whether a person's account is not active: an SQL condition. */
export const isInactive = (userId: string | null): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT 1 FROM standings s WHERE s.user_id = ${userId}::uuid AND NOT s.is_active)`;

const lockSpace = 4_201_008;

/**
 * Keeps the person's standing as it is until this transaction ends: what is written meanwhile of what they do is written
 * as it says. Without a lock a row could appear as of a standing that was corrected everywhere before.
 */
export async function lockStanding(tx: Tx, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${userId}, ${lockSpace}))`;
}

/**
 * Waits until nothing of what these people do is being written, and has what is written of it later see what this transaction
 * changes. Always in order of id: two transactions that want the same people wait for each other instead of deadlocking.
 */
export async function lockActs(tx: Tx, userIds: readonly string[]): Promise<void> {
  for (const userId of userIds.toSorted())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${userId}, ${lockSpace}))`;
}

/** Sets whether a person is active, unless a newer event has told otherwise: gives whether it was set. */
export async function updateStanding(
  tx: Tx,
  standing: { userId: string; isActive: boolean; sequence: bigint },
): Promise<boolean> {
  await lockActs(tx, [standing.userId]);
  const changed = await tx.$executeRaw`
    INSERT INTO standings (user_id, is_active, sequence)
    VALUES (${standing.userId}::uuid, ${standing.isActive}, ${standing.sequence})
    ON CONFLICT (user_id) DO UPDATE SET is_active = excluded.is_active, sequence = excluded.sequence
    WHERE standings.sequence < excluded.sequence`;
  return changed > 0;
}
