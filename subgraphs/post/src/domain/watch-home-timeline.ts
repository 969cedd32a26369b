import { ephemeralStream } from '@socialhub/platform/events/live';
import { requireViewer } from '@socialhub/platform/subgraph-context';
import type { Context } from '../context.ts';
import { listPosts, type PostRow } from '../store/posts.ts';

const maxWaiting = 1_000;

/** Posts as they enter the viewer's home timeline, until the viewer leaves. Throws UNAUTHENTICATED. */
export function watchHomeTimeline(context: Context): AsyncGenerator<{ homeTimelinePosts: PostRow }> {
  const { userId } = requireViewer(context);
  return watch(context, userId);
}

async function* watch({ db, live, signal, isInHomeTimeline }: Context, viewerId: string) {
  const created = ephemeralStream<{ postId: string }>({
    live,
    topic: 'post_created',
    signal,
    limit: maxWaiting,
  });
  for await (const { postId } of created) {
    if (!(await isInHomeTimeline({ postId, viewerId }))) continue;
    const [post] = await listPosts(db.prisma, viewerId, [postId]);
    if (post) yield { homeTimelinePosts: post };
  }
}
