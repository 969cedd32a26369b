import type { RawSql } from '../database/sql-text.ts';

/** Of a service's `mutes`: sets whether one person mutes another, and until when, unless a newer event has told otherwise. Gives whether it was set. */
export async function updateMute(
  tx: RawSql,
  mute: { muterId: string; mutedId: string; active: boolean; until: string | null; sequence: bigint },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO mutes (muter_id, muted_id, active, until, sequence)
    VALUES (${mute.muterId}::uuid, ${mute.mutedId}::uuid, ${mute.active}, ${mute.until}::timestamptz, ${mute.sequence})
    ON CONFLICT (muter_id, muted_id) DO UPDATE
    SET active = excluded.active, until = excluded.until, sequence = excluded.sequence
    WHERE mutes.sequence < excluded.sequence`;
  return changed > 0;
}

/** Erases at most `limit` of those that a person is part of, on either side. */
export const eraseMutes = async (tx: RawSql, userId: string, limit: number): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM mutes WHERE (muter_id, muted_id) IN (
      SELECT * FROM (
        (SELECT muter_id, muted_id FROM mutes WHERE muter_id = ${userId}::uuid ORDER BY muted_id LIMIT ${limit})
        UNION ALL
        (SELECT muter_id, muted_id FROM mutes WHERE muted_id = ${userId}::uuid ORDER BY muter_id LIMIT ${limit})
      ) AS theirs LIMIT ${limit})`;
