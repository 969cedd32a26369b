import {
  cursorCodec,
  type PageRequest,
  pageRequest,
  timeAndId,
  toConnection,
} from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../../context.ts';
import type { Reader } from '../../store/client.ts';
import type { ProfileRow } from '../../store/profiles/profiles.ts';

/** A page of a list of other people that the viewer alone has. */
type ListPage = (
  reader: Reader,
  viewerId: string,
  page: PageRequest<[Date, string]>,
) => Promise<{ otherId: string; since: Date }[]>;

/** A page of such a list, latest first. `list` names the field, whose cursors are good for no other. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function listOthers(
  list: string,
  listPage: ListPage,
  context: Context,
  args: { first?: number | null; after?: string | null },
) {
  const { userId } = requireViewer(context);
  const codec = cursorCodec(list, timeAndId, { viewerId: userId });
  const page = pageRequest(args, codec);
  const rows = await listPage(context.db.prisma, userId, page);
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
