import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { AccountErasure, ErasurePart } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type ErasurePartRow = ErasurePart;
/** A report, with the parts that services have sent, in the order in which they were done. */
export type ErasureRow = AccountErasure & { parts: ErasurePartRow[] };

/** Does nothing when there is one. */
export async function insertErasure(tx: Tx, userId: string): Promise<void> {
  await tx.accountErasure.createMany({ data: { userId }, skipDuplicates: true });
}

/** What a service reports first stands. */
export async function insertErasurePart(
  tx: Tx,
  part: { userId: string; service: string; counts: Record<string, number>; erasedAt: Date },
): Promise<void> {
  await insertErasure(tx, part.userId);
  await tx.erasurePart.createMany({ data: part, skipDuplicates: true });
}

/** Newest first; of one account when it is given. */
export function listErasures(
  reader: Reader,
  userId: string | null,
  { limit, after }: PageRequest<[Date, string]>,
): Promise<ErasureRow[]> {
  const [startedAt, id] = after ?? [];
  return reader.accountErasure.findMany({
    where: {
      ...(userId !== null && { userId }),
      ...(startedAt && { OR: [{ startedAt: { lt: startedAt } }, { startedAt, userId: { lt: String(id) } }] }),
    },
    include: { parts: { orderBy: [{ erasedAt: 'asc' }, { service: 'asc' }] } },
    orderBy: [{ startedAt: 'desc' }, { userId: 'desc' }],
    take: limit,
  });
}
