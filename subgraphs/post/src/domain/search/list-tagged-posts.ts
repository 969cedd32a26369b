import {
  cursorCodec,
  pageRequest,
  timeAndId,
  walkedConnection,
} from '@socialhub/platform/database/pagination';
import { badUserInput } from '@socialhub/platform/errors';
import { hashtagNamed } from '@socialhub/platform/text/hashtag';
import type { Context } from '../../context.ts';
import type { PostRow } from '../../store/posts/posts.ts';
import { readTagged } from '../../store/search/post-hashtags.ts';
import type { PageArgs } from '../paging/page-args.ts';
import { walkList } from '../paging/walk-list.ts';

const placeOf = (post: PostRow): [Date, string] => [post.createdAt, post.id];

/** So many of the tag's posts are looked at for a page. */
const mostLookedAt = 2_000;

/** A page of the posts with a hashtag that the viewer may read. Throws BAD_USER_INPUT. */
export async function hashtagTimeline(
  { db, viewer }: Context,
  { tag: named, ...args }: PageArgs & { tag: string },
) {
  const tag = hashtagNamed(named);
  if (tag === null) throw badUserInput('tag', 'must be one hashtag, with or without its sign');
  const viewerId = viewer?.userId ?? null;
  const cursors = cursorCodec('hashtagTimeline', timeAndId, { viewerId, of: tag });
  const page = pageRequest(args, cursors);
  const { limit } = page;
  const sizes = [limit, 4 * limit, mostLookedAt - 5 * limit];
  const walked = await walkList(page, sizes, (after, size) =>
    readTagged(db.prisma, viewerId, tag, { after, size, limit }),
  );
  return walkedConnection(walked, page, placeOf, cursors);
}
