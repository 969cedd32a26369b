import type { PageRequest } from '@socialhub/platform/database/pagination';
import type { AuditAction, AuditEntry, Role } from '../../generated/prisma/client.ts';
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

/** The present roles of the accounts whose role was set in the last `seconds`, at most `limit` of them. */
export async function listChangedRoles(
  reader: Reader,
  seconds: number,
  limit: number,
): Promise<{ userId: string; role: Role }[]> {
  return reader.$queryRaw<{ userId: string; role: Role }[]>`
    SELECT id AS "userId", role FROM account WHERE id IN (
      SELECT subject_id FROM audit_entry
      WHERE created_at > now() - ${seconds}::int * interval '1 second'
        AND action = ${'ROLE_SET' satisfies AuditAction}::audit_action
      ORDER BY created_at DESC, id DESC LIMIT ${limit}::int)`;
}
