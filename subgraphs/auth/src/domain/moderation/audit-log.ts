import {
  type Connection,
  cursorCodec,
  pageRequest,
  timeAndId,
  toConnection,
} from '@socialhub/platform/database/pagination';
import { outranks, type Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from '../../store/client.ts';
import type { Loaders } from '../../store/loaders.ts';
import { type AuditRow, listAuditEntries } from '../../store/moderation/audit-log.ts';
import { hasRole, requireRole } from './require-role.ts';

/** What moderators and admins did, newest first. Throws FORBIDDEN to all but admins. */
export async function auditLog(
  reader: Reader,
  viewer: Viewer,
  args: { first?: number | null; after?: string | null },
): Promise<Connection<AuditRow>> {
  await requireRole(reader, viewer, 'ADMIN');
  const codec = cursorCodec('auditLog', timeAndId, { viewerId: viewer.userId });
  const page = pageRequest(args, codec);
  const rows = await listAuditEntries(reader, page);
  return toConnection(rows, page, (row) => [row.createdAt, row.id], codec);
}

/** One entry, for admins; null to all others. */
export async function findAuditEntry(
  loaders: Loaders,
  viewer: Viewer | null,
  id: string,
): Promise<AuditRow | null> {
  // Anybody may send a hundred ids: whose token says less costs no statement.
  if (!viewer || outranks('ADMIN', viewer.role)) return null;
  return (await hasRole(loaders, viewer, 'ADMIN')) ? loaders.auditEntry.load(id) : null;
}
