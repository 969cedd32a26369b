import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { AuditEntry } from '../../generated/prisma/client.ts';
import type { Reader, Tx } from '../client.ts';

export type AuditRow = AuditEntry;
type NewAuditEntry = Pick<AuditRow, 'actorId' | 'action' | 'subjectId'> & Partial<AuditRow> & { id: string };

/** There is no other way to write here: the database refuses to change or delete an entry. */
export async function insertAuditEntry(tx: Tx, entry: NewAuditEntry): Promise<void> {
  await tx.auditEntry.create({ data: entry });
}

/** Newest first. */
export function listAuditEntries(
  reader: Reader,
  { limit, after }: PageRequest<[Date, string]>,
): Promise<AuditRow[]> {
  const [createdAt, id] = after ?? [];
  return reader.auditEntry.findMany({
    ...(createdAt && {
      where: { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: String(id) } }] },
    }),
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

export const listAuditEntriesById = (reader: Reader, ids: readonly string[]): Promise<AuditRow[]> =>
  reader.auditEntry.findMany({ where: { id: { in: [...ids] } } });
