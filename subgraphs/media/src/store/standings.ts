import type { Tx } from './client.ts';

/** Sets whether a person is active, unless a newer event has told otherwise. */
export const updateStanding = async (
  tx: Tx,
  standing: { userId: string; isActive: boolean; sequence: bigint },
) =>
  tx.$executeRaw`
    INSERT INTO standings (user_id, is_active, sequence)
    VALUES (${standing.userId}::uuid, ${standing.isActive}, ${standing.sequence})
    ON CONFLICT (user_id) DO UPDATE SET is_active = excluded.is_active, sequence = excluded.sequence
    WHERE standings.sequence < excluded.sequence`;
