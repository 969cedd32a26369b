import { type Asked, askedColumns, inOrder } from '@socialhub/platform/database/loaders';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export async function insertPerson(tx: Tx, id: string): Promise<void> {
  await tx.person.createMany({ data: { id }, skipDuplicates: true });
}

/** Whether a person's account is active, unless a newer event has told otherwise. */
export async function updateStanding(
  tx: Tx,
  person: { id: string; isActive: boolean; sequence: bigint },
): Promise<void> {
  await tx.person.updateMany({
    where: { id: person.id, standingSequence: { lt: person.sequence } },
    data: { isActive: person.isActive, standingSequence: person.sequence },
  });
}

/** Those of the people who exist, and whether the viewer may write to them. */
export const listPeople = async (reader: Reader, viewerId: string, ids: readonly string[]) =>
  reader.$queryRaw<{ id: string; isReachable: boolean }[]>`
    SELECT p.id, ${isReachable(uuid(viewerId))} AS "isReachable" FROM people p WHERE p.id = ANY (${ids}::uuid[])`;

/** Whether anybody whom the sender can't reach is in the way: the other one of a direct conversation. */
export async function isCutOff(reader: Reader, conversationId: string, senderId: string): Promise<boolean> {
  const [row] = await reader.$queryRaw<unknown[]>`
    SELECT 1 FROM conversations c
    JOIN conversation_members m ON m.conversation_id = c.id AND m.user_id <> ${senderId}::uuid
    JOIN people p ON p.id = m.user_id
    WHERE c.id = ${conversationId}::uuid AND c.kind = 'DIRECT' AND NOT ${isReachable(uuid(senderId))}`;
  return row !== undefined;
}

/** Somebody in a conversation, as the id of what a loader looks up. */
export const presenceKey = (conversationId: string, userId: string): string => `${conversationId} ${userId}`;

/**
 * Whether who asks is to hear of somebody in a conversation (`presenceKey`) now: who is in it too and can be written to. null: who
 * asks is in it no more.
 */
export async function listHearing(reader: Reader, asked: readonly Asked[]): Promise<(boolean | null)[]> {
  const keys = asked.map(({ id }) => id.split(' '));
  const rows = await reader.$queryRaw<{ nth: number; hears: boolean }[]>`
    SELECT asked.nth::int AS nth, other.user_id IS NOT NULL AND EXISTS (
      SELECT 1 FROM people p WHERE p.id = asked.other_id AND ${isReachable(Prisma.sql`asked.viewer_id`)}) AS hears
    FROM unnest(
      ${askedColumns(asked).viewerIds}::uuid[], ${keys.map(([id]) => id)}::uuid[], ${keys.map(([, id]) => id)}::uuid[]
    ) WITH ORDINALITY AS asked (viewer_id, conversation_id, other_id, nth)
    JOIN conversation_members own ON own.conversation_id = asked.conversation_id AND own.user_id = asked.viewer_id
    LEFT JOIN conversation_members other
      ON other.conversation_id = asked.conversation_id AND other.user_id = asked.other_id`;
  return inOrder(asked, rows).map((found) => found?.hears ?? null);
}

/** Whether one of the first blocks one of the second, or is blocked by them. Both are at most as many as a group has. */
export async function isAnyBlocked(
  reader: Reader,
  ids: readonly string[],
  otherIds: readonly string[],
): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT 1 FROM unnest(${ids}::uuid[]) AS one (id), unnest(${otherIds}::uuid[]) AS other (id)
    WHERE EXISTS (
        SELECT 1 FROM blocks b WHERE b.blocker_id = one.id AND b.blocked_id = other.id AND b.active OFFSET 0)
      OR EXISTS (
        SELECT 1 FROM blocks b WHERE b.blocker_id = other.id AND b.blocked_id = one.id AND b.active OFFSET 0)
    LIMIT 1`;
  return rows.length > 0;
}

/** The one rule of who may write to whom, on the row `p` of `people`: an active account, and neither blocks the other. `OFFSET 0` has each looked up by its index. */
const isReachable = (viewerId: Prisma.Sql): Prisma.Sql => Prisma.sql`(p.is_active
  AND NOT EXISTS (
    SELECT 1 FROM blocks b WHERE b.blocker_id = ${viewerId} AND b.blocked_id = p.id AND b.active OFFSET 0)
  AND NOT EXISTS (
    SELECT 1 FROM blocks b WHERE b.blocker_id = p.id AND b.blocked_id = ${viewerId} AND b.active OFFSET 0))`;

const uuid = (id: string): Prisma.Sql => Prisma.sql`${id}::uuid`;
