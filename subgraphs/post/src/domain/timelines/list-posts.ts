import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import { requireViewer } from '@socialhub/platform/subgraph/subgraph-context';
import type { Context } from '../../context.ts';
import type { PostRow } from '../../store/posts/posts.ts';
import { listHomeTimeline, listPublicTimeline } from '../../store/timelines/timelines.ts';
import type { PageArgs } from '../paging/page-args.ts';

const placeOf = (post: PostRow): [Date, string] => [post.createdAt, post.id];

/** A page of what the viewer's people and the viewer wrote. */
export async function homeTimeline(context: Context, args: PageArgs) {
  const { userId } = requireViewer(context);
  const cursors = cursorCodec('homeTimeline', timeAndId, { viewerId: userId });
  const page = pageRequest(args, cursors);
  return toConnection(await listHomeTimeline(context.db.prisma, userId, page), page, placeOf, cursors);
}

/** A page of what everybody wrote for everybody. */
export async function publicTimeline({ db, viewer }: Context, args: PageArgs) {
  const viewerId = viewer?.userId ?? null;
  const cursors = cursorCodec('publicTimeline', timeAndId, { viewerId });
  const page = pageRequest(args, cursors);
  return toConnection(await listPublicTimeline(db.prisma, viewerId, page), page, placeOf, cursors);
}

/** A page of what one person wrote, as far as the viewer may read it. */
export async function postsOf({ loaders, viewer }: Context, authorId: string, args: PageArgs) {
  const cursors = cursorCodec('User.posts', timeAndId, { viewerId: viewer?.userId ?? null, of: authorId });
  const page = pageRequest(args, cursors);
  return toConnection(await loaders.authorPosts.load({ ownerId: authorId, page }), page, placeOf, cursors);
}
