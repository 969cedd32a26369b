import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../../context.ts';
import { listBookmarkPage } from '../../store/bookmarks/bookmarks.ts';
import type { PageArgs } from '../paging/page-args.ts';

/** A page of the viewer's bookmarks, latest first. Posts that are gone or not for them leave no gap. Throws UNAUTHENTICATED, BAD_USER_INPUT. */
export async function listBookmarks(context: Context, args: PageArgs) {
  const { userId } = requireViewer(context);
  const cursors = cursorCodec('bookmarks', timeAndId, { viewerId: userId });
  const page = pageRequest(args, cursors);
  const rows = await listBookmarkPage(context.db.prisma, userId, page);
  return toConnection(rows, page, ({ bookmarkedAt, id }) => [bookmarkedAt, id], cursors);
}
