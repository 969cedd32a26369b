import {
  type Connection,
  cursorCodec,
  pageRequest,
  timeAndId,
  toConnection,
} from '@socialhub/platform/database/pagination';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from '../../store/client.ts';
import { type ErasureRow, listErasures } from '../../store/deletion/erasures.ts';
import { requireRole } from '../moderation/require-role.ts';

/** The reports of erasures, newest first, or the one of an account. Throws FORBIDDEN to all but admins. */
export async function accountErasures(
  reader: Reader,
  viewer: Viewer,
  args: { userId?: string | null; first?: number | null; after?: string | null },
): Promise<Connection<ErasureRow>> {
  await requireRole(reader, viewer, 'ADMIN');
  const userId = args.userId ?? null;
  const codec = cursorCodec('accountErasures', timeAndId, { viewerId: viewer.userId, of: { userId } });
  const page = pageRequest(args, codec);
  const rows = await listErasures(reader, userId, page);
  return toConnection(rows, page, (row) => [row.startedAt, row.userId], codec);
}
