import { cursorCodec, pageRequest, timeAndId, toConnection } from '@socialhub/platform/database/pagination';
import type { Context } from '../../context.ts';
import type { PostEditRow } from '../../store/posts/post-edits.ts';
import type { PageArgs } from '../paging/page-args.ts';

const placeOf = (edit: PostEditRow): [Date, string] => [edit.editedAt, edit.id];

/** A page of a post's earlier texts, oldest first. */
export async function editsOf({ loaders, viewer }: Context, postId: string, args: PageArgs) {
  const cursors = cursorCodec('Post.edits', timeAndId, { viewerId: viewer?.userId ?? null, of: postId });
  const page = pageRequest(args, cursors);
  return toConnection(await loaders.edits.load({ ownerId: postId, page }), page, placeOf, cursors);
}
