import type { PageRequest } from '@socialhub/platform/database/pagination';
import { type Mute, Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';
import { visibleBy } from '../profiles/visibility.ts';

export type MuteRow = Omit<Mute, 'since'>;

/** One line of the list of those whom a person mutes. */
interface MuteListRow {
  otherId: string;
  since: Date;
}

/** Whether the mute `m` has not lapsed: one that has counts as none. */
export const lasts = Prisma.sql`(m.until IS NULL OR m.until > now())`;

export const deleteLapsedMutes = async (tx: Tx, muterId: string): Promise<number> =>
  tx.$executeRaw`DELETE FROM mute m WHERE m.muter_id = ${muterId}::uuid AND NOT ${lasts}`;

/**
 * Makes the mute, or changes it; gives whether that changed anything, and null where the person has `most` of them and this
 * is none of those.
 */
export async function upsertMute(tx: Tx, mute: MuteRow, most: number): Promise<boolean | null> {
  const { muterId, mutedId, until, notifications } = mute;
  const [row] = await tx.$queryRaw<{ isRoom: boolean; isChanged: boolean }[]>`
    WITH present AS (
      SELECT count(*) < ${most} OR EXISTS (
        SELECT 1 FROM mute WHERE muter_id = ${muterId}::uuid AND muted_id = ${mutedId}::uuid) AS "isRoom"
      FROM (SELECT 1 FROM mute WHERE muter_id = ${muterId}::uuid LIMIT ${most}) AS present
    ), put AS (
      INSERT INTO mute (muter_id, muted_id, until, notifications)
      SELECT ${muterId}::uuid, ${mutedId}::uuid, ${until}::timestamptz, ${notifications}::boolean
      FROM present WHERE "isRoom"
      ON CONFLICT (muter_id, muted_id) DO UPDATE
      SET until = excluded.until, notifications = excluded.notifications
      WHERE (mute.until, mute.notifications) IS DISTINCT FROM (excluded.until, excluded.notifications)
      RETURNING since)
    SELECT "isRoom", EXISTS (SELECT 1 FROM put) AS "isChanged" FROM present`;
  return row?.isRoom ? row.isChanged : null;
}

/** False when there was none. */
export async function deleteMute(tx: Tx, muterId: string, mutedId: string): Promise<boolean> {
  const gone = await tx.$executeRaw`
    DELETE FROM mute WHERE muter_id = ${muterId}::uuid AND muted_id = ${mutedId}::uuid`;
  return gone > 0;
}

/** A page of those whom a person mutes and finds, latest first. */
export async function listMutePage(
  reader: Reader,
  muterId: string,
  { limit, after }: PageRequest<[Date, string]>,
): Promise<MuteListRow[]> {
  const behind = after
    ? Prisma.sql`AND (m.since, m.muted_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  return reader.$queryRaw<MuteListRow[]>`
    SELECT m.muted_id AS "otherId", m.since FROM mute m JOIN profile p ON p.id = m.muted_id
    WHERE m.muter_id = ${muterId}::uuid ${behind} AND ${lasts}
      AND ${visibleBy(Prisma.sql`${muterId}::uuid`, Prisma.sql`false`)}
    ORDER BY m.since DESC, m.muted_id DESC LIMIT ${limit}`;
}
