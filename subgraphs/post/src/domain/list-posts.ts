import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/pagination';
import { requireViewer } from '@socialhub/platform/subgraph-context';
import type { Context } from '../context.ts';
import { listHomeTimeline, listPublicTimeline, type PostRow } from '../store/posts.ts';
import type { PageArgs } from './page-args.ts';

const homeCursors = cursorCodec('homeTimeline', timeAndId);
const publicCursors = cursorCodec('publicTimeline', timeAndId);
const placeOf = (post: PostRow): [Date, string] => [post.createdAt, post.id];

/** A page of what the viewer's people and the viewer wrote. */
export async function homeTimeline(context: Context, args: PageArgs) {
  const { userId } = requireViewer(context);
  const page = pageRequest(args, homeCursors);
  return toConnection(await listHomeTimeline(context.db.prisma, userId, page), page, placeOf, homeCursors);
}

/** A page of what everybody wrote for everybody. */
export async function publicTimeline({ db, viewer }: Context, args: PageArgs) {
  const page = pageRequest(args, publicCursors);
  const posts = await listPublicTimeline(db.prisma, viewer?.userId ?? null, page);
  return toConnection(posts, page, placeOf, publicCursors);
}

/** A page of what one person wrote, as far as the viewer may read it. */
export async function postsOf({ loaders }: Context, authorId: string, args: PageArgs) {
  const cursors = cursorCodec('User.posts', timeAndId, authorId);
  const page = pageRequest(args, cursors);
  return toConnection(await loaders.authorPosts.load({ ownerId: authorId, page }), page, placeOf, cursors);
}
