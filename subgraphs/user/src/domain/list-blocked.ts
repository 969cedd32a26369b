import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../context.ts';
import { listBlockPage } from '../store/blocks.ts';
import type { ProfileRow } from '../store/profiles.ts';

/** A page of those whom the viewer blocks, latest first. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function listBlocked(context: Context, args: { first?: number | null; after?: string | null }) {
  const { userId } = requireViewer(context);
  const codec = cursorCodec('blockedUsers', timeAndId, { viewerId: userId });
  const page = pageRequest(args, codec);
  const rows = await listBlockPage(context.db.prisma, userId, page);
  const people = await Promise.all(rows.map((row) => context.loaders.requireProfile(row.otherId)));
  const nodes = new Map(people.map((person) => [person.id, person]));
  return toConnection(
    rows,
    page,
    (row) => [row.since, row.otherId],
    codec,
    (row) => nodes.get(row.otherId) as ProfileRow,
  );
}
