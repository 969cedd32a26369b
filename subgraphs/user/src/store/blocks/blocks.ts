import type { PageRequest } from '@socialhub/platform/database/pagination';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

/** One line of the list of those whom a person blocks. */
export interface BlockListRow {
  otherId: string;
  since: Date;
}

/** Gives since when; null when it was so already. */
export async function insertBlock(tx: Tx, blockerId: string, blockedId: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ since: Date }[]>`
    INSERT INTO block (blocker_id, blocked_id) VALUES (${blockerId}::uuid, ${blockedId}::uuid)
    ON CONFLICT (blocker_id, blocked_id) DO NOTHING RETURNING since`;
  return row?.since ?? null;
}

/** False when there was none. */
export async function deleteBlock(tx: Tx, blockerId: string, blockedId: string): Promise<boolean> {
  const { count } = await tx.block.deleteMany({ where: { blockerId, blockedId } });
  return count > 0;
}

export const isBlocking = async (tx: Tx, blockerId: string, blockedId: string): Promise<boolean> =>
  (await tx.block.count({ where: { blockerId, blockedId } })) > 0;

/** A page of those whom a person blocks and who are active, latest first. */
export async function listBlockPage(
  reader: Reader,
  blockerId: string,
  { limit, after }: PageRequest<[Date, string]>,
): Promise<BlockListRow[]> {
  const behind = after
    ? Prisma.sql`AND (b.since, b.blocked_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
    : Prisma.empty;
  return reader.$queryRaw<BlockListRow[]>`
    SELECT b.blocked_id AS "otherId", b.since FROM block b JOIN profile p ON p.id = b.blocked_id
    WHERE b.blocker_id = ${blockerId}::uuid ${behind} AND p.is_active
    ORDER BY b.since DESC, b.blocked_id DESC LIMIT ${limit}`;
}
